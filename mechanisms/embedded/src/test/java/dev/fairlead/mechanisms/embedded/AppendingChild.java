package dev.fairlead.mechanisms.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
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
    static final String READY = "ready";
    static final List<String> LOGS = List.of("d1", "d2");

    private static final int THREADS_PER_LOG = 2;
    private static final int LARGEST_APPEND = 40;
    private static final int LARGEST_PAYLOAD = 700;

    private AppendingChild() {}

    @SuppressWarnings("resource")
    public static void main(String[] args) throws IOException {
        EmbeddedMechanism mechanism = Records.open(Path.of(args[0]), Durability.D2);
        long seed = Long.parseLong(args[1]);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        List<LogWriter> writers = new ArrayList<>();
        for (String log : LOGS) {
            Durability durability = Durability.valueOf(log.toUpperCase(Locale.ROOT));
            writers.add(Records.writer(mechanism, log, new Retention.LatestPerKey(), durability));
        }
        out.write((READY + "\n").getBytes(US_ASCII));
        for (int i = 0; i < LOGS.size() * THREADS_PER_LOG; i++) {
            int log = i % LOGS.size();
            long first = seed * 1000 + i;
            Thread.ofPlatform().start(() -> append(writers.get(log), LOGS.get(log), first, out));
        }
        if (System.in.read() < 0) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void append(LogWriter writer, String log, long first, FileOutputStream out) {
        for (long seed = first * 1_000_000; ; seed++) {
            List<LogEntry> entries = entries(seed);
            Appended appended = writer.append(0, entries).join();
            String line = log + " " + seed + " " + appended.first().offset() + " " + entries.size() + "\n";
            try {
                out.write(line.getBytes(US_ASCII));
            } catch (IOException e) {
                Runtime.getRuntime().halt(1);
            }
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
