package dev.fairlead.testkit.history;

import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A history written by hand. */
final class Scripted {
    static final int WRITER = 1;
    static final int READER = 2;

    private final List<HistoryEvent> events = new ArrayList<>();
    private long nanos;

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

    Scripted add(int process, Type type, Function function, long key, long sequence, long position, long epoch) {
        return add(process, 0, type, function, key, sequence, position, epoch);
    }

    Scripted add(
            int process, int group, Type type, Function function, long key, long sequence, long position, long epoch) {
        events.add(new HistoryEvent(
                events.size(),
                nanos++,
                process,
                group,
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

    /** Sent as part of a transaction; acknowledged when the position is not negative. */
    Scripted sentIn(int transaction, long key, long sequence, long position) {
        add(WRITER, transaction, Type.INVOKE, Function.SEND, key, sequence, -1, 1);
        Type outcome = position < 0 ? Type.INFO : Type.OK;
        return add(WRITER, transaction, outcome, Function.SEND, key, sequence, position, 1);
    }

    Scripted effect(int group, long key, long sequence, long position, long epoch) {
        return group(Type.OK, Function.EFFECT, group, key, sequence, position, epoch);
    }

    Scripted group(Type type, Function function, int group, long key, long sequence, long position, long epoch) {
        return add(READER, group, type, function, key, sequence, position, epoch);
    }

    Scripted watched(long key, long version, long position, long session) {
        return add(READER, Type.OK, Function.WATCH, key, version, position, session);
    }

    Scripted mark(Function function, long position, long session) {
        return add(READER, Type.OK, function, 0, 0, position, session);
    }

    /** What the copy holds in the end: keys and versions, by turns. */
    Scripted holds(long... versions) {
        add(READER, Type.INVOKE, Function.HOLD, 0, 0, 0, 0);
        for (int i = 0; i < versions.length; i += 2) {
            add(READER, Type.OK, Function.HOLD, versions[i], versions[i + 1], -1, 0);
        }
        return this;
    }

    Scripted asked(long asker, long number) {
        return add(READER, Type.INVOKE, Function.ASK, asker, number, -1, 0);
    }

    Scripted answered(long asker, long number) {
        return add(WRITER, Type.OK, Function.ANSWER, asker, number, -1, 0);
    }

    Scripted outcomeOf(Type type, long asker, long number) {
        return add(READER, type, Function.ASK, asker, number, -1, 0);
    }

    /** Lets time go by. */
    Scripted pause(Duration time) {
        nanos += time.toNanos();
        return this;
    }

    Scripted disturbed() {
        return add(0, Type.INVOKE, Function.HEAL, 0, 0, 0, 0);
    }

    Scripted healed() {
        return add(0, Type.OK, Function.HEAL, 0, 0, 0, 0);
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

    HistoryEvent last() {
        return events.getLast();
    }

    Verdict verdict() {
        return HistoryChecker.check(events);
    }
}
