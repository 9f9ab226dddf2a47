package dev.fairlead.mechanisms.embedded;

import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The messages of a queue that are ready: the next ones in memory, the others in the database alone, so that a deep queue takes no
 * memory. Guarded by the lock of its {@link OpenQueue}.
 */
final class ReadyMessages {
    private static final int WINDOW = 1024;
    private static final long WINDOW_BYTES = 1L << 20;

    private final int queue;
    private final Database database;
    private final LongConsumer garbled;
    private final Deque<ReadyMessage> window = new ArrayDeque<>();
    private final Deque<ReadyMessage> returned = new ArrayDeque<>();
    private final Map<Long, Integer> carried = new HashMap<>();
    private long windowBytes;
    private long loadedBelow;
    private boolean returnedFirst;

    /** @param garbled is given the place of a row that cannot be read, under the lock */
    ReadyMessages(int queue, Database database, LongConsumer garbled) {
        this.queue = queue;
        this.database = database;
        this.garbled = garbled;
    }

    /** Reads how often the messages of a former run were handed out. */
    void load(Handles handles) throws RocksDBException {
        for (QueueScan.Row each :
                QueueScan.read(handles, queue, Kind.ATTEMPTS, 0, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE)) {
            carried.put(each.first(), (int) Keys.number(each.value()));
        }
    }

    /** A message is ready; it stays in memory only if nothing before it is in the database alone. */
    void arrived(ReadyMessage message) {
        int size = message.stored().size();
        boolean fits = window.isEmpty() || window.size() < WINDOW && windowBytes + size <= WINDOW_BYTES;
        if (message.place() == loadedBelow && fits) {
            window.add(message);
            windowBytes += size;
            loadedBelow = message.place() + 1;
        }
    }

    /** Reads on in the database when memory holds no more, up to the place. */
    void fill(long below) {
        if (!window.isEmpty() || loadedBelow >= below) {
            return;
        }
        List<QueueScan.Row> rows =
                QueueScan.read(database, queue, Kind.READY, loadedBelow, below, WINDOW, WINDOW_BYTES);
        List<ReadyMessage> found = new ArrayList<>(rows.size());
        for (QueueScan.Row each : rows) {
            StoredMessage stored = StoredMessage.parseable(each.value());
            if (stored == null) {
                garbled.accept(each.first());
            } else {
                int attempts = carried.getOrDefault(each.first(), stored.attempts());
                found.add(new ReadyMessage(each.first(), attempts, stored));
            }
        }
        found.forEach(message -> windowBytes += message.stored().size());
        window.addAll(found);
        carried.keySet().removeIf(place -> place < loadedBelow);
        loadedBelow = rows.isEmpty() ? below : rows.getLast().first() + 1;
    }

    /** Takes the next one; by turns, so that a message that is given back at once keeps no other away. */
    @Nullable
    ReadyMessage next() {
        returnedFirst = !returnedFirst;
        if (!returned.isEmpty() && (returnedFirst || window.isEmpty())) {
            return returned.poll();
        }
        ReadyMessage next = window.poll();
        if (next != null) {
            windowBytes -= next.stored().size();
        }
        return next;
    }

    void giveBack(ReadyMessage message) {
        returned.add(message);
    }

    /** The messages at these places are gone. */
    void erased(Set<Long> places) {
        for (ReadyMessage each : window) {
            windowBytes -= places.contains(each.place()) ? each.stored().size() : 0;
        }
        window.removeIf(each -> places.contains(each.place()));
        returned.removeIf(each -> places.contains(each.place()));
        carried.keySet().removeAll(places);
    }

    /** Forgets what was given back and is not in the database any more. */
    void adopt(Handles handles) throws RocksDBException {
        for (Iterator<ReadyMessage> each = returned.iterator(); each.hasNext(); ) {
            if (QueueScan.find(handles, queue, Kind.READY, each.next().place()) == null) {
                each.remove();
            }
        }
    }
}
