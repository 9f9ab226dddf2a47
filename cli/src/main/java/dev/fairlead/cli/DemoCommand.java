package dev.fairlead.cli;

import dev.fairlead.examples.trading.TradingDemo;
import dev.fairlead.examples.trading.TradingResult;
import dev.fairlead.examples.trading.TradingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a reference landscape, live, with the failure stories, and judges these. */
@Command(name = "demo", description = "Play a reference landscape, live, with the failure stories played and judged.")
final class DemoCommand implements Callable<Integer> {
    private static final TradingSettings DEFAULTS = TradingSettings.defaults();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(paramLabel = "trading", description = "Which landscape: trading.")
    private String landscape = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long the market runs; 20s if not given.")
    private Duration length = DEFAULTS.length();

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "How many times faster than it was; 1000 if not given. At 30000 the whole file is played.")
    private double speed = DEFAULTS.speed();

    @Option(names = "--seed", paramLabel = "N", description = "Of the synthetic instruments; 1 if not given.")
    private long seed = DEFAULTS.seed();

    @Option(names = "--mechanism", paramLabel = "NAME", description = "What carries the items; embedded if not given.")
    private String mechanism = DEFAULTS.mechanism();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the mechanism keeps its data; a temporary folder if not given.")
    private @Nullable Path data;

    @Option(
            names = "--trades",
            paramLabel = "FILE",
            description = "Rows timestamp,price,amount to play; real ones of Bitstamp if not given.")
    private @Nullable Path trades;

    @Option(names = "--report", paramLabel = "FILE", description = "Write checks and figures to this file, as JSON.")
    private @Nullable Path report;

    @Override
    public Integer call() {
        TradingSettings settings = settings();
        RunReport.refuseUnwritable(spec.commandLine(), report);
        TradingResult result = new TradingDemo(settings, spec.commandLine().getOut(), shown()).run();
        if (report != null) {
            report(result).write(spec.commandLine(), report);
        }
        return result.passed() ? ExitCode.FINE : ExitCode.BAD_VERDICT;
    }

    private TradingSettings settings() {
        if (!landscape.equals("trading")) {
            throw new ParameterException(spec.commandLine(), "there is no demo `" + landscape + "` (use trading)");
        }
        try {
            return new TradingSettings(length, speed, seed, mechanism, data, trades);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private static TradingDemo.Shown shown() {
        return switch (Terminal.ofThisProcess()) {
            case COLOURED -> TradingDemo.Shown.BOARD;
            case COLOURLESS -> TradingDemo.Shown.COLOURLESS_BOARD;
            case NONE -> TradingDemo.Shown.LINES;
        };
    }

    private RunReport report(TradingResult result) {
        return new RunReport(
                "demo trading",
                seed,
                result.passed(),
                result.checks().stream()
                        .map(check -> new RunReport.Check(check.name(), check.passed(), check.detail()))
                        .toList(),
                result.figures());
    }
}
