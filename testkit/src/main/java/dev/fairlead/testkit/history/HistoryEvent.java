package dev.fairlead.testkit.history;

import java.nio.ByteBuffer;

/**
 * One thing that a test saw, 64 bytes in a file.
 *
 * <p>What {@code position} and {@code epoch} mean depends on the function: of a send, where the record stands and the writer's
 * epoch; of a delivery, where it stood and the number of the reader's session; of a commit, the next position that the reader
 * wants and its session; of a gap, the first position after it.
 *
 * @param index its place in the history; gives the order
 * @param nanos when, by the monotonic clock of the process that wrote the history
 * @param process who: a writer or a reader
 * @param item which log
 * @param key which key of it
 * @param sequence the key's own number, 0, 1, 2 …
 * @param checksum of the value that was seen, see {@link #checksum(int, long, long)}
 */
public record HistoryEvent(
        long index,
        long nanos,
        int process,
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

    /** What was done. */
    public enum Function {
        /** A record was sent. */
        SEND,
        /** A record was delivered to a reader. */
        DELIVER,
        /** A reader noted how far it is. */
        COMMIT,
        /** A reader was told that records are missing. */
        GAP
    }

    /** The checksum that the value of a record must have: it is made from where the record belongs. */
    public static int checksum(int item, long key, long sequence) {
        long mixed = (item * 31L + key) * 0x9E3779B97F4A7C15L + sequence * 0xBF58476D1CE4E5B9L;
        return (int) (mixed ^ (mixed >>> 32));
    }

    void write(ByteBuffer out) {
        int begin = out.position();
        out.putLong(index).putLong(nanos).putInt(process);
        out.put((byte) type.ordinal()).put((byte) function.ordinal()).putShort((short) item);
        out.putLong(key).putLong(sequence).putLong(position).putLong(epoch).putInt(checksum);
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
        HistoryEvent event = new HistoryEvent(
                index,
                nanos,
                process,
                type,
                function,
                item,
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getInt());
        in.position(begin + BYTES);
        return event;
    }
}
