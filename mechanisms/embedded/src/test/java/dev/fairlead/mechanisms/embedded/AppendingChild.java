package dev.fairlead.mechanisms.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A process that appends from several threads until it is killed, and says what was acknowledged: log, seed, offset, count.
 * The content of an append follows from its seed.
 */
final class AppendingChild {
    static final List<String> LOGS = List.of("d1", "d2");

    private static final int THREADS_PER_LOG = 2;
    private static final int LARGEST_APPEND = 40;
    private static final int LARGEST_PAYLOAD = 700;

    private AppendingChild() {}

    @SuppressWarnings("resource")
    public static void main(String[] args) {
        EmbeddedMechanism mechanism = Records.open(Path.of(args[0]), Durability.D2);
        long seed = Long.parseLong(args[1]);
        List<LogWriter> writers = new ArrayList<>();
        for (String log : LOGS) {
            Durability durability = Durability.valueOf(log.toUpperCase(Locale.ROOT));
            writers.add(Records.writer(mechanism, log, new Retention.LatestPerKey(), durability));
        }
        ParentJvm.sayReady();
        for (int i = 0; i < LOGS.size() * THREADS_PER_LOG; i++) {
            int log = i % LOGS.size();
            long first = seed * 1000 + i;
            Thread.ofPlatform().start(() -> append(writers.get(log), LOGS.get(log), first));
        }
        ParentJvm.awaitWord();
    }

    private static void append(LogWriter writer, String log, long first) {
        for (long seed = first * 1_000_000; ; seed++) {
            List<LogEntry> entries = entries(seed);
            Appended appended = writer.append(0, entries).join();
            ParentJvm.say(log + " " + seed + " " + appended.first().offset() + " " + entries.size());
        }
    }

    /** What an append of that seed holds. */
    static List<LogEntry> entries(long seed) {
        Random random = new Random(seed);
        List<LogEntry> entries = new ArrayList<>();
        int count = 1 + random.nextInt(LARGEST_APPEND);
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[random.nextInt(LARGEST_PAYLOAD)];
            random.nextBytes(payload);
            entries.add(new LogEntry((seed + "/" + i).getBytes(US_ASCII), new byte[] {(byte) i}, payload));
        }
        return entries;
    }
}
