package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.calling.GuardedAnswerer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Runs an answerer on one virtual thread per question. What it holds is guarded by the lock of its {@link CallLine}. */
final class EmbeddedAnswerer implements OpenAnswerer {
    private final String item;
    private final int room;
    private final GuardedAnswerer answerer;
    private final CallLine line;
    private final Opening opening;
    private final Map<PendingCall, Thread> held = new HashMap<>();
    private final LongAdder dropped = new LongAdder();
    private boolean left;

    EmbeddedAnswerer(String item, int room, Answerer answerer, CallLine line, Opening opening) {
        this.item = item;
        this.room = room;
        this.answerer = new GuardedAnswerer(item, answerer);
        this.line = line;
        this.opening = opening;
    }

    boolean hasRoom() {
        return held.size() < room;
    }

    int holds() {
        return held.size();
    }

    boolean left() {
        return left;
    }

    /** No more questions come; the opening need not know it any longer than it holds some. */
    void leave() {
        left = true;
        leaveOpeningWhenIdle();
    }

    private void leaveOpeningWhenIdle() {
        if (left && held.isEmpty()) {
            opening.leave(this);
        }
    }

    void take(PendingCall call) {
        Thread thread = Thread.ofVirtual().name("fairlead answer to " + item).unstarted(() -> run(call));
        held.put(call, thread);
        thread.start();
    }

    void release(PendingCall call) {
        held.remove(call);
        leaveOpeningWhenIdle();
    }

    /** Makes room before the asker hears, so that its next question finds it. */
    private void run(PendingCall call) {
        Answer answer = answerer.answer(call.question());
        line.done(this, call);
        if (!call.answer(answer)) {
            dropped.increment();
        }
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        line.leave(this);
    }

    /** Closes, and lets the askers of what it holds know at once that nobody will answer; its threads are interrupted. */
    void abandon() {
        line.leave(this);
        for (Map.Entry<PendingCall, Thread> each : line.heldBy(this)) {
            each.getKey().fail(CallFailures.abandoned(item));
            each.getValue().interrupt();
        }
    }

    List<Map.Entry<PendingCall, Thread>> heldNow() {
        return held.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .toList();
    }
}
