package dev.fairlead.mechanisms.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Refuses writes before the volume is full, so that what the database holds in memory can still be written out.
 *
 * <p>The volume is asked after some bytes or some time, whichever comes first, and on every write while there is no room. For
 * the committer's thread alone.
 */
final class SpaceGuard {
    private static final long LONGEST_TRUST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MOST_TRUST = 16L << 20;

    private final @Nullable FileStore volume;
    private final long reserve;
    private long allowance;
    private long asked;

    private SpaceGuard(@Nullable FileStore volume, long reserve) {
        this.volume = volume;
        this.reserve = reserve;
    }

    static SpaceGuard memory() {
        return new SpaceGuard(null, 0);
    }

    static SpaceGuard volume(Path folder, Sizing sizing) throws IOException {
        return new SpaceGuard(Files.getFileStore(folder), sizing.reserve());
    }

    /** Whether that many bytes may be written, leaving the reserve. */
    boolean roomFor(long bytes) {
        long now = System.nanoTime();
        if (volume == null || bytes <= allowance && now - asked < LONGEST_TRUST) {
            allowance -= bytes;
            return true;
        }
        long spare = usable(volume) - reserve - bytes;
        asked = now;
        allowance = Math.clamp(spare / 4, 0, MOST_TRUST);
        return spare >= 0;
    }

    /** Whether that many bytes may be written when half of the reserve may be used. */
    boolean roomForSmall(long bytes) {
        return roomFor(bytes) || volume == null || usable(volume) - reserve / 2 - bytes >= 0;
    }

    private static long usable(FileStore volume) {
        try {
            return volume.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE / 2;
        }
    }
}
