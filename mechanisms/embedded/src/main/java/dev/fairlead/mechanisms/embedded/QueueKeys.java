package dev.fairlead.mechanisms.embedded;

import java.nio.ByteBuffer;

/** The keys of a queue's rows: its number, what the row is, and one or two numbers by which rows of a kind are ordered. */
final class QueueKeys {
    /** What a row holds. */
    enum Kind {
        /** Place to a message that waits or is held. */
        READY,
        /** Moment and place to a message that is not to be handed out before. */
        LATER,
        /** Place to how often the message there was handed out. */
        ATTEMPTS,
        /** Number to a dead letter. */
        DEAD,
        /** Moment and number to a dismissal. */
        DISMISSED;

        private byte code() {
            return (byte) (ordinal() + 1);
        }
    }

    private static final int PREFIX = Integer.BYTES + 1;

    private QueueKeys() {}

    static byte[] key(int queue, Kind kind, long place) {
        return begin(queue, kind, Long.BYTES).putLong(place).array();
    }

    static byte[] key(int queue, Kind kind, long moment, long place) {
        return begin(queue, kind, 2 * Long.BYTES).putLong(moment).putLong(place).array();
    }

    /** Before all rows of the queue and of those with a higher number. */
    static byte[] begin(int queue) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(queue).array();
    }

    private static ByteBuffer begin(int queue, Kind kind, int numbers) {
        return ByteBuffer.allocate(PREFIX + numbers).putInt(queue).put(kind.code());
    }

    static boolean is(byte[] key, int queue, Kind kind) {
        return key.length >= PREFIX + Long.BYTES && Keys.log(key) == queue && key[Integer.BYTES] == kind.code();
    }

    /** The first number of the key. */
    static long first(byte[] key) {
        return ByteBuffer.wrap(key).getLong(PREFIX);
    }

    /** The second number of the key. */
    static long second(byte[] key) {
        return ByteBuffer.wrap(key).getLong(PREFIX + Long.BYTES);
    }
}
