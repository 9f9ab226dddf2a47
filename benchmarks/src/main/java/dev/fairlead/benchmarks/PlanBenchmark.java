package dev.fairlead.benchmarks;

import dev.fairlead.benchmarks.PlanProcess.Took;
import dev.fairlead.benchmarks.PlanProcess.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Planning and checking a thousand to five thousand services, beside the YAML library's parsing of the same files.
 *
 * <p>Each time is that of a new process, from the start of its JVM, with the options of the command. The processor time of the whole
 * process stands beside it: on a machine that does other things too, it is the one to go by.
 */
public final class PlanBenchmark implements Benchmark {
    private static final int USUAL = 1_000;
    private static final List<Integer> TIMES = List.of(1, 2, 5);
    private static final int MEGABYTES = 512;
    private static final String YAML = "snakeyaml-engine, nodes only";
    private static final String PLAN = "fairlead plan";
    private static final String CHECK = "fairlead check, a tenth of the files changed";
    private static final String ALL_CHANGED = "fairlead check, every file changed";
    private static final Map<String, String> NAMED =
            new TreeMap<>(Map.of("plan", PLAN, "check", CHECK, "checkAll", ALL_CHANGED));

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String purpose() {
        return "planning and checking 1000 to 5000 services, beside parsing the same files";
    }

    @Override
    public Measurements run(Run run) throws Exception {
        Measurements measurements = new Measurements(run.effort());
        int usual = Math.max(20, run.of(USUAL));
        for (int times : TIMES) {
            series(run, usual * times, times, measurements);
        }
        return measurements;
    }

    private static void series(Run run, int services, int times, Measurements into) throws Exception {
        try (Scratch now = run.scratch();
                Scratch tenth = run.scratch();
                Scratch all = run.scratch()) {
            LandscapeFiles.write(now.folder(), SEED, services);
            LandscapeFiles.writeChanged(tenth.folder(), SEED, services, 10);
            LandscapeFiles.writeChanged(all.folder(), SEED, services, 1);
            int heap = MEGABYTES * times;
            String what =
                    services + " services, " + services * LandscapeFiles.NEEDS + " needs, " + heap + " MB of heap";
            Path folder = now.folder();
            Map<String, List<Took>> took = new Rounds<Took>()
                    .of(YAML, () -> PlanProcess.run(Work.YAML, heap, folder))
                    .of(PLAN, () -> PlanProcess.run(Work.PLAN, heap, folder))
                    .of(CHECK, () -> PlanProcess.run(Work.CHECK, heap, tenth.folder(), folder))
                    .of(ALL_CHANGED, () -> PlanProcess.run(Work.CHECK, heap, all.folder(), folder))
                    .measure(what, run);
            String name = times == 1 ? "" : ".times" + times;
            double reference = figures("yaml" + name, YAML, took, into);
            row(what, YAML, took, "reference", into);
            for (Map.Entry<String, String> each : NAMED.entrySet()) {
                String subject = each.getValue();
                double processor = figures(each.getKey() + name, subject, took, into);
                row(what, subject, took, Measurements.ratio(processor / reference), into);
                if (times == 1) {
                    into.atMost(each.getKey() + ".seconds", median(took, subject, Took::seconds), 3);
                }
            }
            double structure = median(took, PLAN, Took::structureSeconds);
            into.row(new Measurements.Row(what, "of it metrics and rules of structure", millis(structure), "", ""));
            into.figure("structure" + name + ".seconds", structure);
        }
    }

    /** Notes the figures of one subject; gives its processor time. */
    private static double figures(String name, String subject, Map<String, List<Took>> took, Measurements into) {
        double processor = median(took, subject, Took::processorSeconds);
        into.figure(name + ".seconds", median(took, subject, Took::seconds));
        into.figure(name + ".processorSeconds", processor);
        return processor;
    }

    private static void row(
            String what, String subject, Map<String, List<Took>> took, String beside, Measurements into) {
        into.row(new Measurements.Row(
                what,
                subject,
                millis(median(took, subject, Took::seconds)),
                millis(median(took, subject, Took::processorSeconds)) + " of processors",
                beside));
    }

    private static double median(Map<String, List<Took>> took, String subject, ToDoubleFunction<Took> figure) {
        return Median.of(Objects.requireNonNull(took.get(subject)).stream()
                .map(figure::applyAsDouble)
                .toList());
    }

    private static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }
}
