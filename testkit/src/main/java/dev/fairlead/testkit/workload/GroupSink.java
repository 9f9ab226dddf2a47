package dev.fairlead.testkit.workload;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Following;
import dev.fairlead.api.ParkedEvent;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Position;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.workload.EventsWorkload.Step;
import dev.fairlead.testkit.workload.EventsWorkload.Walk;
import java.util.HashSet;
import java.util.Set;

/** Where the events of a group take effect, once each and from the newest member, as an inbox would have it; and what it set aside. */
final class GroupSink {
    private static final int GROUP = 1;
    private static final int PROCESS = 50;

    private final HistoryRecorder history;
    private final Set<Long> taken = new HashSet<>();
    private long epoch;

    GroupSink(HistoryRecorder history) {
        this.history = history;
    }

    /** Positions of the log may belong to no record. */
    synchronized void positionsHaveHoles() {
        note(Type.OK, Function.HOLES, 0, 0, 0, 0, 0);
    }

    /** A new member has the group from now on. */
    synchronized long assign() {
        epoch++;
        note(Type.OK, Function.ASSIGN, 0, 0, 0, epoch, 0);
        return epoch;
    }

    synchronized void effect(long of, EventRecord<String, Walk> happened) {
        if (of < epoch) {
            throw new IllegalStateException("the epoch " + of + " is over");
        }
        if (taken.add(happened.position().offset())) {
            Step step = (Step) happened.event();
            note(
                    Type.OK,
                    Function.EFFECT,
                    EventSender.number(happened.key()),
                    step.sequence(),
                    happened.position().offset(),
                    of,
                    step.checksum());
        }
    }

    synchronized int effects() {
        return taken.size();
    }

    /** What is parked now, and with {@link Type#OK} in the end. */
    void parked(Following<String, Walk> following, Type when) {
        for (ParkedKey key : following.parked()) {
            for (ParkedEvent event : key.events()) {
                aside(following, key.key(), event.position(), when);
            }
        }
    }

    private synchronized void aside(Following<String, Walk> following, String key, Position at, Type when) {
        Step step = (Step) following.inspect(key, at).event();
        note(when, Function.PARK, EventSender.number(key), step.sequence(), at.offset(), epoch, step.checksum());
    }

    synchronized void committed(Following<String, Walk> following) {
        note(Type.OK, Function.COMMIT, 0, 0, following.status().done().offset(), epoch, 0);
    }

    private void note(Type type, Function function, long key, long sequence, long position, long of, int checksum) {
        history.note(PROCESS, GROUP, type, function, EventsWorkload.ITEM, key, sequence, position, of, checksum);
    }
}
