package dev.fairlead.benchmarks;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** How long a new process takes from the start of its JVM until its first copy is live, on 1,000 keys that are already there. */
record ReadyMeasurement(Run run) {
    private static final String WHAT = "start of a JVM to its first live copy, 1,000 keys on disk";
    private static final int LIVE = '!';
    private static final int KEYS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    void measure(Measurements into) throws Exception {
        List<Double> millis = new ArrayList<>();
        try (Scratch scratch = run.scratch()) {
            Quotes.writePlan(scratch.folder());
            try (Fairlead feed = Quotes.open("feed", scratch.folder())) {
                Owner<String, Quotes.Quote> owner = feed.own(Quotes.ITEM);
                owner.putAll(IntStream.range(0, KEYS)
                        .mapToObj(number -> Quotes.quote(Quotes.symbol(number), number))
                        .toList());
            }
            for (int round = 1; round <= run.effort().rounds(); round++) {
                run.progress().step(WHAT + ": round " + round);
                millis.add(child(scratch.folder()));
            }
        }
        double median = Median.of(millis);
        into.row(new Measurements.Row(
                WHAT,
                "fairlead",
                Math.round(median) + " ms",
                Math.round(Collections.min(millis)) + " - " + Math.round(Collections.max(millis)),
                ""));
        into.figure("ready.millis", median);
        into.atMost("ready.millis", median, 1500);
    }

    /** From the moment in which the process is asked for until it says that its copy is live. */
    private static double child(Path plan) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadyMeasurement.class.getName(),
                        plan.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        long begin = System.nanoTime();
        Process process = builder.start();
        int said = process.getInputStream().read();
        double millis = Seconds.since(begin) * 1e3;
        if (said != LIVE || process.waitFor() != 0) {
            throw new IllegalStateException("the measured process failed, exit code " + process.waitFor());
        }
        return millis;
    }

    /** The measured process. */
    public static void main(String[] arguments) throws IOException {
        Path plan = Path.of(arguments[0]);
        try (Fairlead feed = Quotes.open("feed", plan);
                Fairlead reader = Quotes.open("reader", plan)) {
            feed.own(Quotes.ITEM);
            reader.copy(Quotes.ITEM).awaitLive(PATIENCE);
            say();
        }
    }

    /** Standard output is the process's answer to the one that measures it. */
    private static void say() throws IOException {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(LIVE);
        }
    }
}
