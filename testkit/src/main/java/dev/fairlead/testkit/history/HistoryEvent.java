package dev.fairlead.testkit.history;

import java.nio.ByteBuffer;

/**
 * One thing that a test saw, 64 bytes in a file.
 *
 * <p>What {@code position} and {@code epoch} mean depends on the function, see {@link Function}.
 *
 * @param index its place in the history; gives the order
 * @param nanos when, by the monotonic clock of the process that wrote the history
 * @param process who: a writer, a reader, an asker
 * @param group the group of followers that the process belongs to; of a send, the transaction; 0 for none
 * @param item which log
 * @param key which key of it
 * @param sequence the key's own number, 0, 1, 2 …
 * @param checksum of the value that was seen, see {@link #checksum(int, long, long)}
 */
public record HistoryEvent(
        long index,
        long nanos,
        int process,
        int group,
        Type type,
        Function function,
        int item,
        long key,
        long sequence,
        long position,
        long epoch,
        int checksum) {
    /** The bytes of one event. */
    public static final int BYTES = 64;

    /** The checksum of a state item's record that removes its key. */
    public static final int REMOVAL = 0;

    /** How far something got. */
    public enum Type {
        /** It began. */
        INVOKE,
        /** It succeeded. */
        OK,
        /** It failed and had no effect. */
        FAIL,
        /** Nobody knows. */
        INFO
    }

    /** What was done. The order is part of the file's format. */
    public enum Function {
        /** A record was sent; where it stands, the writer's epoch, and as the group the transaction that it is part of. */
        SEND,
        /** A record was delivered to a reader; where it stood, and the number of the reader's session. */
        DELIVER,
        /** A reader or a group noted how far it is: the next position that it wants, and its session or epoch. */
        COMMIT,
        /** A reader was told that records are missing: the first position after them. */
        GAP,
        /** What a group does with a record was done durably: its position, the epoch of the group's member; INFO: maybe. */
        EFFECT,
        /** A member got the group, all of it, with this epoch. */
        ASSIGN,
        /** A reader has ended for good, and owes nothing more. */
        REVOKE,
        /** A group set a record aside: INVOKE when that was seen on the way, OK when it is so at the end. */
        PARK,
        /** A record that a group had set aside was dropped on purpose. */
        DISMISS,
        /** A copy was loaded with everything below the position, in this session. */
        SNAPSHOT,
        /** A copy took a change; the sequence is the version. */
        WATCH,
        /** A copy has everything below the position. */
        BOOKMARK,
        /** What a copy holds at the end: INVOKE begins the list, each OK is a key with its version and value. */
        HOLD,
        /** A question, key and sequence are its name: INVOKE when it was asked, then its outcome with the answer's checksum. */
        ASK,
        /** A handler answered the question. */
        ANSWER,
        /** All faults are over; INVOKE: faults begin, and nothing is owed until they are over. */
        HEAL,
        /** Positions of the log may belong to no record; noted once for a group before anything else of it. */
        HOLES
    }

    /** The checksum that the value of a record must have: it is made from where the record belongs. Never {@link #REMOVAL}. */
    public static int checksum(int item, long key, long sequence) {
        long mixed = (item * 31L + key) * 0x9E3779B97F4A7C15L + sequence * 0xBF58476D1CE4E5B9L;
        int folded = (int) (mixed ^ (mixed >>> 32));
        return folded == REMOVAL ? 1 : folded;
    }

    void write(ByteBuffer out) {
        int begin = out.position();
        out.putLong(index).putLong(nanos).putInt(process);
        out.put((byte) type.ordinal()).put((byte) function.ordinal()).putShort((short) item);
        out.putLong(key)
                .putLong(sequence)
                .putLong(position)
                .putLong(epoch)
                .putInt(checksum)
                .putInt(group);
        out.position(begin + BYTES);
    }

    static HistoryEvent read(ByteBuffer in) {
        int begin = in.position();
        long index = in.getLong();
        long nanos = in.getLong();
        int process = in.getInt();
        Type type = Type.values()[in.get()];
        Function function = Function.values()[in.get()];
        int item = in.getShort();
        long key = in.getLong();
        long sequence = in.getLong();
        long position = in.getLong();
        long epoch = in.getLong();
        int checksum = in.getInt();
        int group = in.getInt();
        in.position(begin + BYTES);
        return new HistoryEvent(
                index, nanos, process, group, type, function, item, key, sequence, position, epoch, checksum);
    }
}
