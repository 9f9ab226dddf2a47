package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Shown;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A process that plays the demo, for tests that need one of their own. Arguments: how it is shown, seconds, speed. */
final class TradingProcess {
    private TradingProcess() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        TradingSettings settings = TradingSettings.defaults()
                .withLength(Duration.ofSeconds(Long.parseLong(arguments[1])))
                .withSpeed(Double.parseDouble(arguments[2]));
        DemoResult result = new TradingDemo(settings, out, Shown.valueOf(arguments[0])).run();
        System.exit(result.passed() ? 0 : 1);
    }
}
