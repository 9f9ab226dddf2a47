package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.input.CallLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answerers of one item and the questions that wait until one of them has room, first come, first served.
 *
 * <p>Futures are completed outside the lock, since the asker's code may hang on them.
 */
final class CallLine {
    private final String item;
    private final ReentrantLock lock = new ReentrantLock();
    private final PromptFuture.Patience patience = new PromptFuture.Patience(Duration.ofNanos(250_000));
    private final List<EmbeddedAnswerer> answerers = new ArrayList<>();
    private final Set<PendingCall> waiting = new LinkedHashSet<>();
    private long waitingBytes;
    private int turn;

    CallLine(String item) {
        this.item = item;
    }

    /** What those who wait for answers share. */
    PromptFuture.Patience patience() {
        return patience;
    }

    /** Lets the answerer take questions, unless it was closed before. */
    void join(EmbeddedAnswerer answerer) {
        lock.lock();
        try {
            if (!answerer.left()) {
                answerers.add(answerer);
                serve();
            }
        } finally {
            lock.unlock();
        }
    }

    void leave(EmbeddedAnswerer answerer) {
        List<PendingCall> lost = List.of();
        lock.lock();
        try {
            answerer.leave();
            answerers.remove(answerer);
            if (answerers.isEmpty()) {
                lost = new ArrayList<>(waiting);
                waiting.clear();
                waitingBytes = 0;
            }
        } finally {
            lock.unlock();
        }
        lost.forEach(call -> call.fail(CallFailures.nobody(item)));
    }

    void ask(PendingCall call) {
        FairleadException refusal;
        lock.lock();
        try {
            refusal = place(call);
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            call.fail(refusal);
        } else if (call.settled()) {
            forget(call);
        }
    }

    private @Nullable FairleadException place(PendingCall call) {
        if (answerers.isEmpty()) {
            return CallFailures.nobody(item);
        }
        EmbeddedAnswerer free = nextWithRoom();
        if (free != null) {
            hand(call, free);
            return null;
        }
        if (waiting.size() >= Call.MAX_WAITING
                || waitingBytes + call.question().size() > CallLimits.MAX_WAITING_BYTES) {
            return CallFailures.full(item);
        }
        waiting.add(call);
        waitingBytes += call.question().size();
        return null;
    }

    /** The question is settled: it need not wait any more. */
    void forget(PendingCall call) {
        lock.lock();
        try {
            if (waiting.remove(call)) {
                waitingBytes -= call.question().size();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The answerer is done with the question. */
    void done(EmbeddedAnswerer answerer, PendingCall call) {
        lock.lock();
        try {
            answerer.release(call);
            serve();
        } finally {
            lock.unlock();
        }
    }

    List<Map.Entry<PendingCall, Thread>> heldBy(EmbeddedAnswerer answerer) {
        lock.lock();
        try {
            return answerer.heldNow();
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        Iterator<PendingCall> first = waiting.iterator();
        while (first.hasNext()) {
            EmbeddedAnswerer free = nextWithRoom();
            if (free == null) {
                return;
            }
            PendingCall call = first.next();
            first.remove();
            waitingBytes -= call.question().size();
            hand(call, free);
        }
    }

    private static void hand(PendingCall call, EmbeddedAnswerer free) {
        if (call.hand()) {
            free.take(call);
        }
    }

    private @Nullable EmbeddedAnswerer nextWithRoom() {
        for (int i = 0; i < answerers.size(); i++) {
            int candidate = (turn + i) % answerers.size();
            if (answerers.get(candidate).hasRoom()) {
                turn = candidate + 1;
                return answerers.get(candidate);
            }
        }
        return null;
    }

    /** How many questions wait or are held. */
    int underWay() {
        lock.lock();
        try {
            return waiting.size()
                    + answerers.stream().mapToInt(EmbeddedAnswerer::holds).sum();
        } finally {
            lock.unlock();
        }
    }
}
