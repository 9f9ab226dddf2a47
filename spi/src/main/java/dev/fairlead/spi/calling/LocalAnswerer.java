package dev.fairlead.spi.calling;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.OpenAnswerer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/** An answerer of this opening: runs what it has room for, each question on a virtual thread, and turns the rest away. */
final class LocalAnswerer implements OpenAnswerer {
    private static final int MOST_ASKERS = 4096;

    private final Presence presence;
    private final AnswererId id;
    private final GuardedAnswerer answerer;
    private final AnsweringSide side;
    private final ReentrantLock lock = new ReentrantLock();
    private final Places places;
    private final Map<Running, Thread> running = new HashMap<>();
    private final Set<String> askers = new LinkedHashSet<>();
    private final LongAdder dropped = new LongAdder();
    private boolean left;

    /** A question that runs, by who asked it and its number there. */
    private record Running(String asker, long number) {}

    LocalAnswerer(Presence presence, Answerer answerer, AnsweringSide side) {
        this.presence = presence;
        this.id = AnswererId.of(presence);
        this.answerer = new GuardedAnswerer(presence.item(), answerer);
        this.side = side;
        this.places = new Places(presence.room());
    }

    Presence presence() {
        return presence;
    }

    /** Takes a question that never came before, or says why not. */
    void ask(CallMessage.Ask ask) {
        List<Places.Offer> offers = List.of();
        CallMessage refusal = null;
        lock.lock();
        try {
            if (left) {
                refusal = new CallMessage.Gone(id, ask.number());
            } else {
                remember(ask.asker());
                if (places.take(ask.asker(), ask.more(), System.nanoTime())) {
                    start(ask);
                } else {
                    refusal = new CallMessage.Busy(id, ask.number());
                }
                offers = places.offers(System.nanoTime());
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            side.post().send(ask.asker(), refusal);
        }
        tell(offers);
    }

    /** Those who are to hear when it leaves; of very many the first are forgotten, and hear when they ask. */
    private void remember(String asker) {
        if (askers.add(asker) && askers.size() > MOST_ASKERS) {
            askers.remove(askers.iterator().next());
        }
    }

    private void start(CallMessage.Ask ask) {
        side.running(ask.asker(), ask.number());
        Thread thread =
                Thread.ofVirtual().name("fairlead answer to " + presence.item()).unstarted(() -> run(ask));
        running.put(new Running(ask.asker(), ask.number()), thread);
        thread.start();
    }

    /** Makes room before the asker hears, so that its next question finds it. */
    private void run(CallMessage.Ask ask) {
        Answer answer = answerer.answer(ask.question());
        Thread.interrupted(); // an answerer's interrupt is its own, and must not break the sending
        List<Places.Offer> offers;
        boolean wanted;
        lock.lock();
        try {
            wanted = running.remove(new Running(ask.asker(), ask.number())) != null;
            offers = left ? endOfPlace() : places.release(System.nanoTime());
        } finally {
            lock.unlock();
        }
        if (wanted) {
            side.post()
                    .send(
                            ask.asker(),
                            new CallMessage.Answered(id, ask.number(), answer),
                            Duration.ofNanos(ask.keepNanos()))
                    .whenComplete((sent, failure) -> {
                        if (failure != null && !Post.mayHaveLeft(failure)) {
                            dropped.increment();
                        }
                    });
        } else {
            dropped.increment();
        }
        tell(offers);
        leaveWhenIdle();
    }

    private List<Places.Offer> endOfPlace() {
        places.release(System.nanoTime());
        return List.of();
    }

    /** Nobody wants the answer to a question that was run, or runs still. */
    void forget(String asker, long number) {
        lock.lock();
        try {
            if (running.remove(new Running(asker, number)) == null) {
                dropped.increment();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it takes questions; the asker will hear when it takes no more. */
    boolean greet(String asker) {
        lock.lock();
        try {
            if (!left) {
                remember(asker);
            }
            return !left;
        } finally {
            lock.unlock();
        }
    }

    void pass(String asker) {
        List<Places.Offer> offers;
        lock.lock();
        try {
            offers = places.pass(asker, System.nanoTime());
        } finally {
            lock.unlock();
        }
        tell(offers);
    }

    /** Promises again what was promised and not taken. */
    void look() {
        List<Places.Offer> offers;
        lock.lock();
        try {
            offers = left ? List.of() : places.offers(System.nanoTime());
        } finally {
            lock.unlock();
        }
        tell(offers);
    }

    private void tell(List<Places.Offer> offers) {
        offers.forEach(offer -> side.post().send(offer.asker(), new CallMessage.Room(id, offer.places())));
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        List<String> toHear = leave();
        side.left(this);
        toHear.forEach(asker -> side.post().send(asker, new CallMessage.Gone(id, CallMessage.Gone.NONE)));
        leaveWhenIdle();
    }

    /** Takes nothing any more; who is to hear of it. */
    private List<String> leave() {
        lock.lock();
        try {
            List<String> toHear = left ? List.of() : new ArrayList<>(askers);
            left = true;
            return toHear;
        } finally {
            lock.unlock();
        }
    }

    private void leaveWhenIdle() {
        boolean idle;
        lock.lock();
        try {
            idle = left && running.isEmpty();
        } finally {
            lock.unlock();
        }
        if (idle) {
            side.forget(this);
        }
    }

    /** Closes, and lets the askers of what it holds know that nobody will answer; its threads are interrupted. */
    void abandon() {
        List<String> toHear = leave();
        Map<Running, Thread> held;
        lock.lock();
        try {
            held = Map.copyOf(running);
            running.clear();
        } finally {
            lock.unlock();
        }
        held.forEach((each, thread) -> {
            side.post().send(each.asker(), new CallMessage.Abandoned(id, each.number()));
            thread.interrupt();
        });
        toHear.forEach(asker -> side.post().send(asker, new CallMessage.Gone(id, CallMessage.Gone.NONE)));
    }
}
