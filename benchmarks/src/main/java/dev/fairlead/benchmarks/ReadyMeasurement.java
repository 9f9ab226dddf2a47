package dev.fairlead.benchmarks;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How long a new process takes from the start of its JVM until its first copy is live, on 1,000 keys that are already there. */
record ReadyMeasurement(Effort effort) {
    private static final int KEYS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    void measure(Measurements into) throws Exception {
        List<Double> millis = new ArrayList<>();
        try (Scratch scratch = new Scratch()) {
            Quotes.writePlan(scratch.folder());
            try (Fairlead feed = Quotes.open("feed", scratch.folder())) {
                Owner<String, Quotes.Quote> owner = feed.own(Quotes.ITEM);
                owner.putAll(IntStream.range(0, KEYS)
                        .mapToObj(number -> Quotes.quote(Quotes.symbol(number), number))
                        .toList());
            }
            for (int round = 0; round < effort.rounds(); round++) {
                millis.add(child(scratch.folder()));
            }
        }
        double median = Medians.median(millis);
        into.row("JVM start to first live copy", "1,000 keys on disk", Math.round(median) + " ms", "-");
        into.figure("ready.millis", median);
        into.atMost("ready.millis", median, 1500);
    }

    private static double child(Path plan) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadyMeasurement.class.getName(),
                        plan.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the measured process failed: " + said);
        }
        return Double.parseDouble(said.substring(said.lastIndexOf('\n') + 1));
    }

    /** The measured process. */
    public static void main(String[] arguments) throws IOException {
        Path plan = Path.of(arguments[0]);
        try (Fairlead feed = Quotes.open("feed", plan);
                Fairlead reader = Quotes.open("reader", plan)) {
            feed.own(Quotes.ITEM);
            reader.copy(Quotes.ITEM).awaitLive(PATIENCE);
            long started = ManagementFactory.getRuntimeMXBean().getStartTime();
            say(Long.toString(System.currentTimeMillis() - started));
        }
    }

    /** Standard output is the process's answer to the one that measures it. */
    private static void say(String answer) throws IOException {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(answer.getBytes(StandardCharsets.UTF_8));
        }
    }
}
