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

/** Reading and deciding a plan of two hundred services, beside the YAML library's parsing of the same files. */
public final class PlanBenchmark implements Benchmark {
    private static final int NEEDS = 5;
    private static final int WARM_UP = 5;
    private static final String YAML = "snakeyaml-engine, nodes only";
    private static final String PLAN = "fairlead plan: read, merge, decide";

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String purpose() {
        return "reading and deciding a plan of 200 services, beside parsing the same files";
    }

    @Override
    public Measurements run(Run run) throws Exception {
        Measurements measurements = new Measurements(run.effort());
        int services = Math.max(10, run.of(200));
        try (Scratch scratch = run.scratch()) {
            write(scratch.folder(), services);
            String what = "a plan of " + services + " services, " + NEEDS + " needs each";
            for (int i = 0; i < WARM_UP; i++) {
                parse(scratch.folder());
                decide(scratch.folder(), services);
            }
            Rates rates = Rates.measure(
                    what,
                    run,
                    new Rounds<Double>()
                            .of(YAML, () -> 1 / parse(scratch.folder()))
                            .of(PLAN, () -> 1 / decide(scratch.folder(), services)));
            row(what, YAML, rates, "reference", measurements);
            row(what, PLAN, rates, Measurements.ratio(rates.ratio(YAML, PLAN)), measurements);
            measurements.figure("plan.millis", 1000 / rates.of(PLAN));
            measurements.figure("plan.referenceMillis", 1000 / rates.of(YAML));
            measurements.figure("plan.timesReference", rates.ratio(YAML, PLAN));
        }
        return measurements;
    }

    private static void row(String what, String subject, Rates rates, String beside, Measurements into) {
        String millis = String.format(Locale.ROOT, "%.1f ms", 1000 / rates.of(subject));
        into.row(new Measurements.Row(what, subject, millis, "", beside));
    }

    private static void write(Path folder, int services) throws IOException {
        for (int service = 0; service < services; service++) {
            StringBuilder text = new StringBuilder("service: s" + service + "\nteam: t" + service % 20
                    + "\nshares:\n  item:\n    kind: state\n    key: id\n    fields:\n      id: string\n"
                    + "      name: string\n      amount: decimal(12,2)\n      status: enum(open, closed)\n"
                    + "    keys: 20k\n    size: 300B\n    changes: 5/s\nneeds:\n");
            for (int need = 1; need <= NEEDS; need++) {
                text.append("  s")
                        .append((service + need * 7) % services)
                        .append(
                                ".item:\n    uses: [ id, name ]\n    reads: 40/s\n    within: 5s\n    why: to be measured\n");
            }
            Files.writeString(folder.resolve("s" + service + ".yaml"), text);
        }
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

    private static double decide(Path folder, int services) {
        long begin = System.nanoTime();
        PlanResult result = PlanReader.read(List.of(folder), null);
        Plan plan =
                Objects.requireNonNull(result.plan(), () -> result.findings().toString());
        int decided = Decisions.decide(plan).list().size();
        double seconds = Seconds.since(begin);
        if (decided != services * NEEDS) {
            throw new IllegalStateException("decided " + decided + " needs");
        }
        return seconds;
    }
}
