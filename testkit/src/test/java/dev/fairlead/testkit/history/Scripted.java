package dev.fairlead.testkit.history;

import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A history written by hand. */
final class Scripted {
    static final int WRITER = 1;
    static final int READER = 2;

    private final List<HistoryEvent> events = new ArrayList<>();

    Scripted invoke(long key, long sequence) {
        return add(WRITER, Type.INVOKE, Function.SEND, key, sequence, -1, 1);
    }

    Scripted outcome(Type type, long key, long sequence, long position) {
        return add(WRITER, type, Function.SEND, key, sequence, position, 1);
    }

    /** Sent and acknowledged at the position. */
    Scripted sent(long key, long sequence, long position) {
        return invoke(key, sequence).outcome(Type.OK, key, sequence, position);
    }

    Scripted delivered(long key, long sequence, long position) {
        return delivered(key, sequence, position, 1);
    }

    Scripted delivered(long key, long sequence, long position, long session) {
        return add(READER, Type.OK, Function.DELIVER, key, sequence, position, session);
    }

    Scripted committed(long next, long session) {
        return add(READER, Type.OK, Function.COMMIT, 0, 0, next, session);
    }

    Scripted gapUpTo(long next) {
        return add(READER, Type.OK, Function.GAP, 0, 0, next, 1);
    }

    private Scripted add(
            int process, Type type, Function function, long key, long sequence, long position, long epoch) {
        events.add(new HistoryEvent(
                events.size(),
                events.size(),
                process,
                type,
                function,
                0,
                key,
                sequence,
                position,
                epoch,
                HistoryEvent.checksum(0, key, sequence)));
        return this;
    }

    Scripted change(int index, UnaryOperator<HistoryEvent> change) {
        events.set(index, change.apply(events.get(index)));
        return this;
    }

    int size() {
        return events.size();
    }

    List<HistoryEvent> events() {
        return events;
    }

    Verdict verdict() {
        return HistoryChecker.check(events);
    }
}
