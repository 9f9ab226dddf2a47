package dev.fairlead.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What one caller notices of another who calls as often as it may, and more. */
record BulkheadMeasurement(Run run, Path plan) {
    private static final String WHAT = "GET of a key, 400 a second, each with a key that proves who calls";
    private static final String ALONE = "alone";
    private static final String BESIDE = "beside one at its limit of 500 a second";
    private static final String LIMIT = "500/s";
    private static final int PER_SECOND = 400;
    private static final int GREEDY_PER_SECOND = 600;
    private static final int CONNECTIONS = 4;
    private static final int KEYS = 100;
    private static final int SECONDS = 10;
    private static final int TAKEN = 200;
    private static final int REFUSED = 429;

    void measure(Measurements into) throws Exception {
        try (Scratch scratch = run.scratch()) {
            writeAccess(scratch.folder().resolve(ServingProcess.ACCESS));
            try (ServingProcess node = ServingProcess.start(ServingProcess.Kind.GUARDED, plan, scratch.folder())) {
                IntFunction<byte[]> puts = number -> ServedItem.putBy(key("catalog"), number);
                new HttpLoad(node.port(), 201, puts).times(1, KEYS, PER_SECOND);
                HttpLoad till =
                        new HttpLoad(node.port(), TAKEN, number -> ServedItem.getBy(key("till"), number % KEYS));
                tell(
                        new Rounds<Latency>()
                                .of(ALONE, () -> latency(till))
                                .of(BESIDE, () -> beside(node.port(), till))
                                .measure(WHAT, run),
                        into);
            }
        }
    }

    private static void writeAccess(Path file) throws IOException {
        StringBuilder text = new StringBuilder("limits: { rate: " + LIMIT + " }\ncallers:\n");
        for (String service : List.of("catalog", "till", "shelf")) {
            text.append("  ")
                    .append(service)
                    .append(": { keys: [ \"")
                    .append(hash(key(service)))
                    .append("\" ] }\n");
        }
        Files.writeString(file, text);
    }

    /** Secret from nobody: the node is there for the measurement only. */
    private static String key(String service) {
        return service + "-".repeat(32 - service.length());
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Latency latency(HttpLoad load) throws Exception {
        Percentiles micros = new Percentiles(load.times(CONNECTIONS, run.of(SECONDS * PER_SECOND), PER_SECOND));
        return new Latency(micros.at(0.5), micros.at(0.99), PER_SECOND);
    }

    private Latency beside(int port, HttpLoad load) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService greedy = Executors.newSingleThreadExecutor()) {
            Future<?> calling = greedy.submit(() -> callTooOften(port, over));
            try {
                return latency(load);
            } finally {
                over.set(true);
                calling.get();
            }
        }
    }

    /** Calls a fifth more often than it may, evenly, and takes no notice of being refused. */
    private static @Nullable Void callTooOften(int port, AtomicBoolean over) throws IOException {
        try (HttpCaller caller = new HttpCaller(port)) {
            long begin = System.nanoTime();
            for (int number = 0; !over.get(); number++) {
                HttpLoad.sleepUntil(begin + number * TimeUnit.SECONDS.toNanos(1) / GREEDY_PER_SECOND);
                int status = caller.call(ServedItem.getBy(key("shelf"), number % KEYS));
                if (status != REFUSED && status != TAKEN) {
                    throw new IllegalStateException("a call was answered with " + status);
                }
            }
        }
        return null;
    }

    private static void tell(Map<String, List<Latency>> rounds, Measurements into) {
        Latency.table(WHAT, rounds, into);
        double alone = Latency.median(Objects.requireNonNull(rounds.get(ALONE))).p99();
        double beside =
                Latency.median(Objects.requireNonNull(rounds.get(BESIDE))).p99();
        into.figure("nodeBulkhead.p99Micros", beside);
        into.figure("nodeBulkhead.p99Ratio", beside / alone);
        into.atMost("nodeBulkhead.p99Ratio", beside / alone, 1.2);
    }
}
