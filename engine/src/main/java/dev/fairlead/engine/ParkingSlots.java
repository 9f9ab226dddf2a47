package dev.fairlead.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The slots of a parking log: each is a key of the log, whose latest note counts. They are numbered without a hole and used again,
 * so that there are never more of them than were needed at once. {@link Parking} guards them.
 *
 * <p>A slot that tells what became of a record is kept until the group's noted position has passed that record: until then the
 * record may come again, and has to be known.
 */
final class ParkingSlots {
    private final PriorityQueue<Settled> settled = new PriorityQueue<>(Comparator.comparingLong(Settled::origin));
    private final List<Integer> doubtful = new ArrayList<>();
    private long position;
    private int next;

    private record Settled(int slot, long origin) {}

    /** The slot's key in the log. */
    static byte[] key(int slot) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(slot).array();
    }

    static int slot(byte[] key) {
        return ByteBuffer.wrap(key).getInt();
    }

    /** The group's position is noted durably: no record below comes again. */
    void noted(long noted) {
        position = Math.max(position, noted);
    }

    int take() {
        Settled first = settled.peek();
        if (first != null && first.origin() < position) {
            settled.remove();
            return first.slot();
        }
        return next++;
    }

    /** The slot was found in the log. */
    void found(int slot) {
        next = Math.max(next, slot + 1);
    }

    void free(int slot, long origin) {
        settled.add(new Settled(slot, origin));
    }

    /** Nobody knows what the slot holds: it has to be written before it is used again. */
    void doubt(int slot) {
        doubtful.add(slot);
    }

    /** The slots that nobody knows. */
    List<Integer> doubtful() {
        return List.copyOf(doubtful);
    }

    /** The slots that nobody knew hold nothing now. */
    void cleared() {
        doubtful.forEach(slot -> free(slot, -1));
        doubtful.clear();
    }
}
