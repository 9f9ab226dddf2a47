package dev.fairlead.planner.lock;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock on disk: one fact on each line, in order, so that a change of one decision is a change of one line.
 *
 * <p>It stands beside the landscape that was decided with: {@code fairlead.lock} for {@code landscape.yaml} or none,
 * {@code production.lock} for {@code production.yaml}.
 */
public final class LockFile {
    private static final String USUAL = "fairlead.lock";
    private static final String HEAD =
            "# What was decided. Written by `fairlead plan --write-lock`; review it, do not edit it.\n";

    private LockFile() {}

    /** Where the lock of a plan stands. */
    public static Path of(Path firstFolder, @Nullable Path landscape) {
        Path name = landscape == null ? null : landscape.getFileName();
        if (landscape == null || name == null || name.toString().equals("landscape.yaml")) {
            return landscape == null ? firstFolder.resolve(USUAL) : landscape.resolveSibling(USUAL);
        }
        return landscape.resolveSibling(name.toString().replaceAll("\\.ya?ml$", "") + ".lock");
    }

    /** Reads a lock; a file that is not there is no fault. Blocks. */
    public static LockResult read(Path file) {
        return LockReader.read(file);
    }

    /** The canonical text; the same lock gives the same text. */
    public static String text(Lock lock) {
        StringBuilder text = new StringBuilder(HEAD).append("lock 1\n");
        lock.items().forEach((id, item) -> {
            text.append("item ").append(id).append('\n');
            for (int version = 1; version <= item.version(); version++) {
                text.append("  version ").append(version).append(' ');
                text.append(item.versions().get(version - 1)).append('\n');
            }
            item.places().forEach((place, name) -> text.append("  %s %s\n".formatted(place, name)));
            text.append("  partitions ").append(item.partitions()).append('\n');
            item.readers().forEach((reader, way) -> text.append("  reader %s %s\n".formatted(reader, way)));
        });
        lock.metrics().forEach((name, value) -> text.append("metric %s %s\n".formatted(name, number(value))));
        return text.toString();
    }

    /** Writes a lock; the file is replaced as a whole or not at all. Blocks. */
    public static void write(Path file, Lock lock) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path beside = Files.createTempFile(target.getParent(), ".fairlead-lock", ".tmp");
        try {
            if (Files.exists(target)) {
                Files.copy(target, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.write(beside, text(lock).getBytes(StandardCharsets.UTF_8));
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
