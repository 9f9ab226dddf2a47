package dev.fairlead.testkit.workload;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What an owner writes and what copies make of it, written down as a history and judged. Keys are {@code k0, k1 …}; the value of a key's
 * version tells the version. One thread puts; copies may be watched from any.
 *
 * @param <V> the item's values
 */
public final class CopyWorkload<V> implements AutoCloseable {
    private static final int OWNER = 1;

    private final Path file;
    private final HistoryRecorder history;
    private final Values<V> values;
    private final ToLongFunction<V> versionOf;
    private final Map<Long, Long> versions = new HashMap<>();

    /** Makes values. */
    @FunctionalInterface
    public interface Values<V> {
        /** The value that the key has in this version. */
        V of(String key, long version);
    }

    /** @param versionOf the version that a value tells */
    public CopyWorkload(Path file, Values<V> values, ToLongFunction<V> versionOf) {
        this.file = file;
        this.history = HistoryRecorder.create(file);
        this.values = values;
        this.versionOf = versionOf;
    }

    /** Puts the key's next version, and waits until it is acknowledged; the key must have no version but from here. */
    public Receipt put(Owner<String, V> owner, long key) {
        long version = versions.merge(key, 1L, Long::sum);
        note(OWNER, Type.INVOKE, Function.SEND, key, version, -1);
        Receipt receipt = owner.put(values.of("k" + key, version));
        note(
                OWNER,
                Type.OK,
                Function.SEND,
                key,
                receipt.version(),
                receipt.position().offset());
        return receipt;
    }

    /**
     * Notes each change that the copy takes, from its first on; so nothing may be written yet. Each key is a session of its own, because a
     * change that was lost and fetched again comes after later ones of other keys.
     *
     * @param copy its number, more than 1
     */
    public void watch(int copy, Copy<String, V> watched) {
        watched.listen(change -> {
            if (change instanceof Change.Updated<String, V> updated) {
                long version = updated.mark().version();
                boolean isThat = versionOf.applyAsLong(updated.value()) == version;
                long key = number(updated.key());
                long told = isThat ? version : -version;
                note(copy, Type.OK, Function.WATCH, key, told, updated.mark().sequence(), 1 + key);
            }
        });
    }

    /** Notes what the copy holds at the end, by what its values tell. */
    public void holds(int copy, Copy<String, V> held) {
        note(copy, Type.INVOKE, Function.HOLD, 0, 0, 0);
        held.snapshot()
                .values()
                .forEach((key, value) ->
                        note(copy, Type.OK, Function.HOLD, number(key), versionOf.applyAsLong(value), 0));
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(1));
    }

    private void note(int process, Type type, Function function, long key, long version, long position) {
        note(process, type, function, key, version, position, 1);
    }

    private void note(int process, Type type, Function function, long key, long version, long position, long session) {
        history.note(
                process, type, function, 0, key, version, position, session, HistoryEvent.checksum(0, key, version));
    }

    /** Ends the history and judges it. */
    public Verdict judge() {
        history.close();
        return HistoryChecker.check(HistoryFile.read(file));
    }

    @Override
    public void close() {
        history.close();
    }
}
