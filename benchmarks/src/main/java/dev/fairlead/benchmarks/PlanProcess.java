package dev.fairlead.benchmarks;

import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.KnownFiles;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.check.CheckFinding;
import dev.fairlead.planner.check.CheckReport;
import dev.fairlead.planner.check.Comparison;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.report.TextReport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;

/** A process that does one thing with plan files, as a command does it, and says how long it took since its JVM began. */
final class PlanProcess {
    /** What it does. */
    enum Work {
        /** Parses the files, and nothing else. */
        YAML,
        /** Reads, merges, decides, judges and reports. */
        PLAN,
        /** Does so too, and holds the plan against the one in a second folder. */
        CHECK
    }

    /**
     * What one process took.
     *
     * @param seconds by the clock, since its JVM began
     * @param processorSeconds of all its threads, also those that compile and collect
     * @param structureSeconds by the clock, for the rules of structure and the metrics
     */
    record Took(double seconds, double processorSeconds, double structureSeconds) {}

    private PlanProcess() {}

    /** Runs it with the heap and the options with which the command runs. */
    static Took run(Work work, int megabytes, Path... folders) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                PlanProcess.class.getName(),
                work.name()));
        Stream.of(folders).map(Path::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the measured process failed, exit code " + process.exitValue());
        }
        String[] numbers = said.strip().split(" ");
        return new Took(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]));
    }

    /** The measured process. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        double structure = 0;
        switch (Work.valueOf(arguments[0])) {
            case YAML -> parse(folder);
            case PLAN -> structure = plan(folder);
            case CHECK -> structure = check(folder, Path.of(arguments[2]));
        }
        say(structure);
    }

    private static void parse(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Compose compose = new Compose(LoadSettings.builder().build());
                if (compose.composeString(Files.readString(file)).isEmpty()) {
                    throw new IllegalStateException(file + " is empty");
                }
            }
        }
    }

    private static double plan(Path folder) {
        PlanResult result = PlanReader.read(folder);
        Plan plan = plan(result);
        Decisions decisions = Decisions.decide(plan);
        long begin = System.nanoTime();
        JudgedPlan judged = JudgedPlan.of(plan, decisions, result.findings());
        double structure = Seconds.since(begin);
        if (decisions.list().size() != plan.needs().size()
                || TextReport.of(judged).isEmpty()) {
            throw new IllegalStateException("not every need was decided");
        }
        return structure;
    }

    private static double check(Path folder, Path before) {
        KnownFiles known = new KnownFiles();
        PlanResult result = PlanReader.readDangling(List.of(folder), null, known);
        Plan plan = plan(result);
        Plan old = plan(PlanReader.readDangling(List.of(before), null, known));
        List<CheckFinding> findings = new ArrayList<>(
                Comparison.of(old, plan, List.of(), Instant.now()).findings());
        Decisions decisions = Decisions.decide(plan);
        long begin = System.nanoTime();
        JudgedPlan judged = JudgedPlan.of(plan, decisions, result.findings());
        double structure = Seconds.since(begin);
        judged.findings().forEach(each -> findings.add(CheckFinding.of(each)));
        if (CheckReport.text("the plan", findings).isEmpty()) {
            throw new IllegalStateException("nothing was found");
        }
        return structure;
    }

    private static Plan plan(PlanResult result) {
        return Objects.requireNonNull(result.plan(), () -> result.findings().toString());
    }

    /** Standard output is the process's answer to the one that measures it. */
    private static void say(double structure) {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        double processor =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.printf(Locale.ROOT, "%.3f %.3f %.3f%n", seconds, processor, structure);
    }
}
