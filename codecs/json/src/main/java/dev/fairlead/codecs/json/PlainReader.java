package dev.fairlead.codecs.json;

import dev.fairlead.spi.LogEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of a plain record one after the other, in the same place. For one thread. */
final class PlainReader<V> {
    private final PlainRecord<V> type;
    private final List<PlainComponent> components;
    private final PlainText text;
    private final PlainValues values;

    PlainReader(PlainRecord<V> type, PlainText text) {
        this.type = type;
        this.components = type.components();
        this.text = text;
        this.values = new PlainValues(components.size());
    }

    /** The value, or null where Jackson has to read it. */
    @Nullable
    V read(byte[] json) {
        if (json.length > LogEntry.MAX_PAYLOAD) {
            return null;
        }
        text.begin(json);
        values.clear();
        try {
            return readAll() ? type.make(values) : null;
        } catch (Throwable refused) {
            return null; // Jackson comes to the same end, and says why
        }
    }

    private boolean readAll() {
        if (!text.take('{')) {
            return false;
        }
        long seen = 0;
        int expected = 0;
        do {
            int index = named(expected);
            if (index < 0 || (seen & 1L << index) != 0 || !text.take(':')) {
                return false;
            }
            PlainComponent component = components.get(index);
            boolean isNull = component.nullable() && text.takeNull();
            if (!isNull && !component.content().read(text, values, index)) {
                return false;
            }
            seen |= 1L << index;
            expected = index + 1;
        } while (text.take(','));
        return text.take('}') && text.isOver() && isComplete(seen);
    }

    /** Which component comes next; as a rule it is the one after the one before. */
    private int named(int expected) {
        if (expected < components.size() && text.take(components.get(expected).name())) {
            return expected;
        }
        for (int index = 0; index < components.size(); index++) {
            if (text.take(components.get(index).name())) {
                return index;
            }
        }
        return -1;
    }

    private boolean isComplete(long seen) {
        for (int index = 0; index < components.size(); index++) {
            if ((seen & 1L << index) == 0 && !components.get(index).nullable()) {
                return false;
            }
        }
        return true;
    }
}
