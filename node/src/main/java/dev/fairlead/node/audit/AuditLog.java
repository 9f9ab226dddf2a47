package dev.fairlead.node.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An append-only log of acts: a line of JSON for each, in files {@code audit-NUMBER.log} of one folder, which only their owner may read.
 *
 * <p>A file is at most {@link #LARGEST} bytes and {@link #KEPT} files are kept, the oldest is removed for a new one; nothing else is ever changed.
 * The same act that comes again within a second is counted, and written once more with the count, so that nobody can push old lines out by
 * being refused over and over. A line is with the operating system when a method returns. Safe for many threads.
 */
public final class AuditLog implements AutoCloseable {
    private static final int LARGEST = 16 << 20;
    private static final int KEPT = 8;
    private static final int MOST_COUNTED = 1_000;
    private static final long WHILE = Duration.ofSeconds(1).toNanos();
    private static final JsonFactory JSON = new JsonFactory();

    private final Path folder;
    private final int largest;
    private final Map<Act, Repeated> repeated = new LinkedHashMap<>();
    private FileChannel file;
    private long number;

    /** How often an act came since it was last written. */
    private static final class Repeated {
        private final long since = System.nanoTime();
        private long times;
    }

    private AuditLog(Path folder, int largest, long number) throws IOException {
        this.folder = folder;
        this.largest = largest;
        this.number = number;
        this.file = opened(path(folder, number));
    }

    /** Goes on in the newest file of the folder, which is made if it is not there. */
    public static AuditLog open(Path folder) throws IOException {
        return open(folder, LARGEST);
    }

    static AuditLog open(Path folder, int largest) throws IOException {
        Files.createDirectories(folder, attributes(folder, "rwx------"));
        List<Long> numbers = numbers(folder);
        return new AuditLog(folder, largest, numbers.isEmpty() ? 1 : numbers.getLast());
    }

    private static FileAttribute<?>[] attributes(Path near, String permissions) {
        return near.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static FileChannel opened(Path path) throws IOException {
        return FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), attributes(path, "rw-------"));
    }

    private static Path path(Path folder, long number) {
        return folder.resolve(String.format(Locale.ROOT, "audit-%08d.log", number));
    }

    private static List<Long> numbers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(name -> name.matches("audit-[0-9]{8}\\.log"))
                    .map(name -> Long.valueOf(name.substring(6, 14)))
                    .sorted()
                    .toList();
        }
    }

    /** Writes down an act, at once or, when it is the same as one of the last second, as a count. Fails with an {@link UncheckedIOException}. */
    public synchronized void note(Act act) {
        settle(WHILE);
        Repeated before = repeated.get(act);
        if (before != null) {
            before.times++;
            return;
        }
        if (repeated.size() < MOST_COUNTED) {
            repeated.put(act, new Repeated());
        }
        append(act, 1);
    }

    /** Writes the counts of those that came first so long ago. */
    private void settle(long age) {
        Iterator<Map.Entry<Act, Repeated>> oldest = repeated.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Act, Repeated> each = oldest.next();
            if (System.nanoTime() - each.getValue().since < age) {
                return;
            }
            oldest.remove();
            if (each.getValue().times > 0) {
                append(each.getKey(), each.getValue().times);
            }
        }
    }

    private void append(Act act, long times) {
        try {
            byte[] line = line(act, times);
            if (file.size() > 0 && file.size() + line.length > largest) {
                turn();
            }
            ByteBuffer left = ByteBuffer.wrap(line);
            while (left.hasRemaining()) {
                file.write(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log cannot be written", e);
        }
    }

    private static byte[] line(Act act, long times) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject()
                    .writeStringProperty("at", Instant.now().toString())
                    .writeStringProperty("act", act.kind())
                    .writeStringProperty("caller", act.caller())
                    .writeStringProperty("from", act.from())
                    .writeStringProperty("what", act.what())
                    .writeStringProperty("item", act.item())
                    .writeStringProperty("why", act.why())
                    .writeNumberProperty("times", times)
                    .writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private void turn() throws IOException {
        FileChannel full = file;
        file = opened(path(folder, number + 1));
        number++;
        full.close();
        List<Long> numbers = numbers(folder);
        for (long old : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
            Files.deleteIfExists(path(folder, old));
        }
    }

    @Override
    public synchronized void close() {
        settle(0);
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log did not close", e);
        }
    }
}
