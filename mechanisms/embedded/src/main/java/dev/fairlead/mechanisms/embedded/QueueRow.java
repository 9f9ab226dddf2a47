package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.QueueDefinition;
import java.nio.ByteBuffer;

/**
 * What is stored of a queue beside its messages; written with each change of these, so that it always fits them.
 *
 * @param id its number in the keys
 * @param definition what it is to be
 * @param next the place of the next message; places are never used again
 * @param ready how many messages wait or are held
 * @param later how many are not to be handed out yet
 * @param dead how many dead letters there are
 * @param nextDead the number of the next dead letter; numbers are never used again
 */
record QueueRow(int id, QueueDefinition definition, long next, long ready, long later, long dead, long nextDead) {
    private static final byte FORMAT = 1;
    private static final int LENGTH = 1 + 4 + 1 + 5 * 8;

    static QueueRow first(int id, QueueDefinition definition) {
        return new QueueRow(id, definition, 0, 0, 0, 0, 0);
    }

    QueueRow defined(QueueDefinition newer) {
        return new QueueRow(id, newer, next, ready, later, dead, nextDead);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .put(FORMAT)
                .putInt(id)
                .put((byte) definition.durability().ordinal())
                .putLong(next)
                .putLong(ready)
                .putLong(later)
                .putLong(dead)
                .putLong(nextDead)
                .array();
    }

    static QueueRow parse(String name, byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        if (bytes.length != LENGTH || source.get() != FORMAT) {
            throw new IllegalArgumentException("queue " + name + " is described in an unknown format");
        }
        int id = source.getInt();
        QueueDefinition definition = new QueueDefinition(name, Durability.values()[source.get()]);
        return new QueueRow(
                id,
                definition,
                source.getLong(),
                source.getLong(),
                source.getLong(),
                source.getLong(),
                source.getLong());
    }
}
