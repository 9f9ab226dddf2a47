package dev.fairlead.codecs.json;

import dev.fairlead.spi.LogEntry;
import org.jspecify.annotations.Nullable;

/** Reads values of a plain record one after the other, in the same place. For one thread. */
final class PlainReader<V> {
    private final PlainRecord<V> type;
    private final PlainComponent[] components;
    private final PlainText text;
    private final PlainValues values;

    PlainReader(PlainRecord<V> type, PlainText text) {
        this.type = type;
        this.components = type.components().toArray(PlainComponent[]::new);
        this.text = text;
        this.values = new PlainValues(components.length);
    }

    /** The value, or null where Jackson has to read it. */
    @Nullable
    V read(byte[] json) {
        if (json.length > LogEntry.MAX_PAYLOAD) {
            return null;
        }
        text.begin(json);
        try {
            return readAll() ? type.make(values) : null;
        } catch (Throwable refused) {
            return null; // Jackson comes to the same end, and says why
        }
    }

    private boolean readAll() {
        long seen = 0;
        int expected = 0;
        char mark = '{';
        do {
            int index = named(mark, expected);
            if (index < 0 || (seen & 1L << index) != 0 || !components[index].read(text, values, index)) {
                return false;
            }
            seen |= 1L << index;
            expected = index + 1;
            mark = ',';
        } while (!text.take('}'));
        return text.isOver() && isComplete(seen);
    }

    /** Which component comes behind the mark; as a rule it is the one after the one before, and stands there as a codec writes it. */
    private int named(char mark, int expected) {
        if (expected < components.length && text.take(components[expected].opening())) {
            return expected;
        }
        if (!text.take(mark)) {
            return -1;
        }
        for (int index = 0; index < components.length; index++) {
            if (text.takeAfterSpace(components[index].name())) {
                return text.take(':') ? index : -1;
            }
        }
        return -1;
    }

    /** Whether nothing is missing but what may be null, which is null then. */
    private boolean isComplete(long seen) {
        for (int index = 0; index < components.length; index++) {
            if ((seen & 1L << index) == 0) {
                if (!components[index].nullable()) {
                    return false;
                }
                values.leaveOut(index);
            }
        }
        return true;
    }
}
