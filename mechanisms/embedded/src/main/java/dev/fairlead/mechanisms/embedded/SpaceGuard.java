package dev.fairlead.mechanisms.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Refuses writes before the volume is full, so that what the database holds in memory can still be written out.
 *
 * <p>The volume is asked after some bytes or some time, whichever comes first, and on every write while there is no room. For
 * the committer's thread alone.
 */
final class SpaceGuard {
    /** How long an answer of the volume counts. */
    static final Duration TRUST = Duration.ofMillis(50);

    private static final long MOST_TRUST = 16L << 20;

    private final @Nullable FileStore volume;
    private final long reserve;
    private final long trust;
    private long allowance;
    private long asked;

    private SpaceGuard(@Nullable FileStore volume, long reserve, Duration trust) {
        this.volume = volume;
        this.reserve = reserve;
        this.trust = trust.toNanos();
    }

    static SpaceGuard memory() {
        return new SpaceGuard(null, 0, TRUST);
    }

    static SpaceGuard volume(Path folder, Sizing sizing, Duration trust) throws IOException {
        return new SpaceGuard(Files.getFileStore(folder), sizing.reserve(), trust);
    }

    /** Whether the volume has the reserve at this moment, so that a database can be opened. */
    boolean roomToOpen() {
        return volume == null || usable(volume) >= reserve;
    }

    /** Whether that many bytes may be written, leaving the reserve. */
    boolean roomFor(long bytes) {
        long now = System.nanoTime();
        if (volume == null || bytes <= allowance && now - asked < trust) {
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
