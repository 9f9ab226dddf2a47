package dev.fairlead.benchmarks;

import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;

/** Reading and deciding plans of a hundred to five thousand services, beside the YAML library's parsing of the same files. */
public final class PlanBenchmark implements Benchmark {
    private static final int USUAL = 1_000;
    private static final List<Integer> TIMES = List.of(1, 2, 5);
    private static final String YAML = "snakeyaml-engine, nodes only";
    private static final String PLAN = "fairlead plan: read, merge, decide";

    /** What was decided, so that it is in memory while that is measured. */
    private record Decided(Plan plan, Decisions decisions, double readSeconds, double decideSeconds) {
        double seconds() {
            return readSeconds + decideSeconds;
        }
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String purpose() {
        return "reading and deciding plans of 1000 to 5000 services, beside parsing the same files";
    }

    @Override
    public Measurements run(Run run) throws Exception {
        Measurements measurements = new Measurements(run.effort());
        int usual = Math.max(60, run.of(USUAL));
        first(run, usual, measurements);
        for (int times : TIMES) {
            series(run, usual * times, times, measurements);
        }
        return measurements;
    }

    /** As the command does it: once, in a process that has planned nothing before. */
    private static void first(Run run, int services, Measurements into) throws IOException {
        try (Scratch scratch = run.scratch()) {
            LandscapeFiles.write(scratch.folder(), SEED, services);
            run.progress().step("the first plan of the process");
            Decided decided = decide(scratch.folder(), services);
            double megabytes = usedMegabytes();
            into.row(new Measurements.Row(
                    described(services), PLAN + ", first in the process", millis(decided.seconds()), "", ""));
            into.row(new Measurements.Row(
                    described(services),
                    "heap that the plan and its decisions take",
                    String.format(Locale.ROOT, "%.0f MB", megabytes),
                    decided.decisions().list().size() + " decisions of "
                            + decided.plan().items().size() + " items",
                    ""));
            into.figure("plan.first.seconds", decided.seconds());
            into.figure("plan.first.decideSeconds", decided.decideSeconds());
            into.figure("plan.heapMegabytes", megabytes);
            into.atMost("firstPlanSeconds", decided.seconds(), 3);
        }
    }

    private static void series(Run run, int services, int times, Measurements into) throws Exception {
        try (Scratch scratch = run.scratch()) {
            LandscapeFiles.write(scratch.folder(), SEED, services);
            String what = described(services);
            Rates rates = Rates.measure(
                    what,
                    run,
                    new Rounds<Double>()
                            .of(YAML, () -> 1 / parse(scratch.folder()))
                            .of(
                                    PLAN,
                                    () -> 1 / decide(scratch.folder(), services).seconds()));
            row(what, YAML, rates, "reference", into);
            row(what, PLAN, rates, Measurements.ratio(rates.ratio(YAML, PLAN)), into);
            String name = times == 1 ? "plan" : "plan.times" + times;
            into.figure(name + ".millis", 1000 / rates.of(PLAN));
            into.figure(name + ".referenceMillis", 1000 / rates.of(YAML));
            into.figure(name + ".timesReference", rates.ratio(YAML, PLAN));
        }
    }

    private static String described(int services) {
        return services + " services, " + services * LandscapeFiles.NEEDS + " needs";
    }

    private static void row(String what, String subject, Rates rates, String beside, Measurements into) {
        into.row(new Measurements.Row(what, subject, millis(1 / rates.of(subject)), "", beside));
    }

    private static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }

    private static double parse(Path folder) throws IOException {
        long begin = System.nanoTime();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Compose compose = new Compose(LoadSettings.builder().build());
                if (compose.composeString(Files.readString(file)).isEmpty()) {
                    throw new IllegalStateException(file + " is empty");
                }
            }
        }
        return Seconds.since(begin);
    }

    private static Decided decide(Path folder, int services) {
        long begin = System.nanoTime();
        PlanResult result = PlanReader.read(List.of(folder), null);
        double read = Seconds.since(begin);
        Plan plan =
                Objects.requireNonNull(result.plan(), () -> result.findings().toString());
        long decide = System.nanoTime();
        Decisions decisions = Decisions.decide(plan);
        Decided decided = new Decided(plan, decisions, read, Seconds.since(decide));
        if (decisions.list().size() != services * LandscapeFiles.NEEDS) {
            throw new IllegalStateException("decided " + decisions.list().size() + " needs");
        }
        return decided;
    }

    private static double usedMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
    }
}
