package dev.fairlead.cli;

import dev.fairlead.benchmarks.Benchmark;
import dev.fairlead.benchmarks.Benchmarks;
import dev.fairlead.benchmarks.Effort;
import dev.fairlead.benchmarks.Machine;
import dev.fairlead.benchmarks.Measurements;
import dev.fairlead.benchmarks.Run;
import dev.fairlead.benchmarks.Servers;
import dev.fairlead.benchmarks.ServersBenchmark;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures, beside a reference in the same run. */
@Command(
        name = "bench",
        description =
                "Measure, beside a reference in the same run: log, copy, feed, request, plan, node or servers. Takes minutes and the whole machine.")
final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(paramLabel = "WHAT", description = "log, copy, feed, request, plan, node or servers.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String what;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON.")
    private @Nullable Path report;

    @Option(names = "--quick", description = "Only show that it runs: short, and no bound is judged.")
    private boolean quick;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the files of the measurement go, for its time.")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--mechanism",
            paramLabel = "NAME",
            description = "servers: the only one to measure; all that need a server if not given.")
    private @Nullable String mechanism;

    @Mixin
    private ServerChoice server = new ServerChoice();

    /** What the options lead to. */
    private final class Chosen implements Servers {
        @Override
        public List<String> mechanisms() {
            return mechanism == null ? ServersBenchmark.measurable() : List.of(mechanism);
        }

        @Override
        public Map<String, String> settings(String name) {
            return server.settings(name, spec.commandLine().getErr());
        }
    }

    @Override
    public Integer call() throws Exception {
        Benchmark benchmark = benchmark();
        SilentLogs.wanted();
        RunReport.refuseUnwritable(spec.commandLine(), report);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Machine.facts(folder).forEach(out::println);
        out.flush();
        Measurements measurements;
        try (ProgressLine progress = ProgressLine.on(err)) {
            measurements = benchmark.run(new Run(quick ? Effort.QUICK : Effort.FULL, folder, progress::show));
        }
        print(out, measurements);
        if (report != null) {
            report(benchmark, measurements).write(spec.commandLine(), report);
        }
        return measurements.passed() ? ExitCode.FINE : ExitCode.BAD_VERDICT;
    }

    private Benchmark benchmark() {
        List<Benchmark> all = Benchmarks.all(new Chosen());
        Benchmark wanted = all.stream()
                .filter(each -> each.name().equals(what))
                .findFirst()
                .orElseThrow(() -> wrong("there is no benchmark " + what + " (use "
                        + all.stream().map(Benchmark::name).collect(Collectors.joining(", ")) + ")"));
        checkOptions(wanted);
        return wanted;
    }

    private void checkOptions(Benchmark wanted) {
        if (!(wanted instanceof ServersBenchmark) && (mechanism != null || server.isGiven())) {
            throw wrong("--mechanism, --url, --user and --password-env are for bench servers");
        }
        if (mechanism == null && server.isGiven()) {
            throw wrong("--url, --user and --password-env lead to one server (name its mechanism with --mechanism)");
        }
        if (mechanism != null && !ServersBenchmark.measurable().contains(mechanism)) {
            throw wrong("there is no mechanism " + mechanism + " with a server that is measured (use "
                    + String.join(", ", ServersBenchmark.measurable()) + ")");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static RunReport report(Benchmark benchmark, Measurements measurements) {
        return new RunReport(
                "bench " + benchmark.name(),
                Benchmark.SEED,
                measurements.passed(),
                measurements.checks().stream()
                        .map(check -> new RunReport.Check(check.name(), check.passed(), check.detail()))
                        .toList(),
                measurements.figures());
    }

    private static void print(PrintWriter out, Measurements measurements) {
        String before = "";
        for (Measurements.Row row : measurements.rows()) {
            if (!row.what().equals(before)) {
                out.println();
                out.println(row.what());
                before = row.what();
            }
            out.printf("  %-38s %14s %20s %12s%n", row.subject(), row.figure(), row.spread(), row.ratio());
        }
        if (!measurements.checks().isEmpty()) {
            out.println();
        }
        for (Measurements.Check check : measurements.checks()) {
            out.printf("  %-4s %-36s %s%n", check.passed() ? "ok" : "MISS", check.name(), check.detail());
        }
        out.flush();
    }
}
