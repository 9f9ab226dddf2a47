package dev.fairlead.cli;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Shown;
import dev.fairlead.examples.store.StoreDemo;
import dev.fairlead.examples.store.StoreSettings;
import dev.fairlead.examples.trading.TradingDemo;
import dev.fairlead.examples.trading.TradingSettings;
import dev.fairlead.servers.ServersInUse;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a reference landscape, live, with the failure stories, and judges these. */
@Command(name = "demo", description = "Play a reference landscape, live, with the failure stories played and judged.")
final class DemoCommand implements Callable<Integer> {
    private static final String TRADING = "trading";
    private static final String STORE = "store";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(paramLabel = "trading|store", description = "Which landscape: trading or store.")
    private String landscape = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long the market runs, or customers come; 20s or 15s if not given.")
    private @Nullable Duration length;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "How many times faster than it was; 1000 or 5000 if not given."
                    + " At 30000 the whole file of trades is played.")
    private @Nullable Double speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of what is not real, such as instruments, customers and failures; 1 if not given.")
    private long seed = 1;

    @Mixin
    private CarrierChoice carriers = new CarrierChoice();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "trading: where the embedded mechanism keeps its data; a temporary folder if not given."
                    + " store: daily CSV files of the Online Retail data to play; generated ones if not given.")
    private @Nullable Path data;

    @Option(
            names = "--trades",
            paramLabel = "FILE",
            description = "trading: rows timestamp,price,amount to play; real ones of Bitstamp if not given.")
    private @Nullable Path trades;

    @Option(names = "--report", paramLabel = "FILE", description = "Write checks and figures to this file, as JSON.")
    private @Nullable Path report;

    /** A demo that is ready to run. */
    @FunctionalInterface
    private interface Run {
        DemoResult play(PrintWriter out, Shown shown);
    }

    @Override
    public Integer call() {
        try (ServersInUse inUse = ServersInUse.begin()) {
            return play();
        }
    }

    private int play() {
        Run run = run();
        RunReport.refuseUnwritable(spec.commandLine(), report);
        Shown shown = shown();
        if (shown != Shown.LINES) {
            SilentLogs.wanted();
        } else {
            LogLines.wanted();
        }
        DemoResult result = run.play(spec.commandLine().getOut(), shown);
        if (report != null) {
            report(result).write(spec.commandLine(), report);
        }
        return result.passed() ? ExitCode.FINE : ExitCode.BAD_VERDICT;
    }

    private Run run() {
        try {
            return switch (landscape) {
                case TRADING -> trading();
                case STORE -> store();
                default ->
                    throw new IllegalArgumentException("there is no demo `" + landscape + "` (use trading or store)");
            };
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private Run trading() {
        TradingSettings defaults = TradingSettings.defaults();
        TradingSettings settings = new TradingSettings(
                length == null ? defaults.length() : length,
                speed == null ? defaults.speed() : speed,
                seed,
                carriers.carriers(data, TradingDemo::writePlan, progress()),
                trades);
        return (out, shown) -> new TradingDemo(settings, out, shown).run();
    }

    private Run store() {
        if (trades != null) {
            throw new IllegalArgumentException("--trades is for the trading demo (the store takes --data DIR)");
        }
        StoreSettings defaults = StoreSettings.defaults();
        StoreSettings settings = new StoreSettings(
                length == null ? defaults.length() : length,
                speed == null ? defaults.speed() : speed,
                seed,
                carriers.carriers(null, StoreDemo::writePlan, progress()),
                data);
        return (out, shown) -> new StoreDemo(settings, out, shown).run();
    }

    private PrintWriter progress() {
        return spec.commandLine().getErr();
    }

    private static Shown shown() {
        return switch (Terminal.ofThisProcess()) {
            case COLOURED -> Shown.BOARD;
            case COLOURLESS -> Shown.COLOURLESS_BOARD;
            case NONE -> Shown.LINES;
        };
    }

    private RunReport report(DemoResult result) {
        return new RunReport(
                "demo " + landscape,
                seed,
                result.passed(),
                result.checks().stream()
                        .map(check -> new RunReport.Check(check.name(), check.passed(), check.detail()))
                        .toList(),
                result.figures());
    }
}
