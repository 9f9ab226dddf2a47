package dev.fairlead.engine;

import dev.fairlead.spi.TimeSource;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a group has in hand of one key. Queue and flags are guarded by the lock of {@link Lanes}; its first record, and the account of the
 * attempts, belong to the thread that works for the lane, of which there is one at a time.
 */
final class Lane {
    final String key;
    final ArrayDeque<Taken> queue = new ArrayDeque<>();
    boolean scheduled;
    boolean redrive;
    boolean squeezed;

    @Nullable
    Taken first;

    TimeSource.@Nullable Alarm waiting;

    int failed;
    boolean broke;
    String error = "";

    @Nullable
    Attempt hanging;

    Lane(String key) {
        this.key = key;
    }

    /** Forgets the attempts of a record that is settled. */
    void settle() {
        failed = 0;
        broke = false;
        error = "";
        squeezed = false;
    }

    boolean idle() {
        return queue.isEmpty() && !redrive;
    }

    /** Whether a handler that was given up is still busy with this key. */
    boolean hangs() {
        Attempt last = hanging;
        return last != null && !last.ended();
    }

    /** Whether a call that was given up is still held up by the application's database. */
    boolean awaitsDatabase() {
        Attempt last = hanging;
        return last != null && !last.ended() && last.awaitsDatabase();
    }
}
