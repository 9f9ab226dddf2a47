package dev.fairlead.spi.calling;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.input.CallLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one opening to one item: those that wait, first come, first served, and those that an answerer holds.
 *
 * <p>A question leaves this opening only when it is handed to an answerer, so one that waits has surely not run. It is handed to the next in
 * turn of those that have room as far as is known here; who has none after all says so, and the question waits again.
 *
 * <p>What the lock guards is changed inside it; messages are sent and futures completed after it is given back, since others hang on them.
 */
final class AskedItem {
    private static final long REFRESH_NANOS = 1_000_000_000L;
    private static final long WAITING_REFRESH_NANOS = 250_000_000L;
    private static final int MOST_GONE = 1000;

    private final String item;
    private final AskingSide side;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<KnownAnswerer> known = new ArrayList<>();
    private final Set<AnswererId> local = new LinkedHashSet<>();
    private final Set<AnswererId> gone = new LinkedHashSet<>();
    private final TreeMap<Long, PendingQuestion> waiting = new TreeMap<>();
    private final Map<Long, PendingQuestion> held = new HashMap<>();
    private long waitingBytes;
    private int turn;
    private boolean looking;
    private long looks;
    private long lookedAt;

    AskedItem(String item, AskingSide side) {
        this.item = item;
        this.side = side;
        this.lookedAt = System.nanoTime() - REFRESH_NANOS;
    }

    private void change(Consumer<List<Runnable>> change) {
        List<Runnable> afterwards = new ArrayList<>();
        lock.lock();
        try {
            change.accept(afterwards);
        } finally {
            lock.unlock();
        }
        afterwards.forEach(Runnable::run);
    }

    void ask(PendingQuestion question) {
        change(then -> {
            if (question.is(PendingQuestion.Stage.SETTLED)) {
                return;
            }
            if (side.isClosed()) {
                fail(question, side.closedFailure(), then);
                return;
            }
            KnownAnswerer free = nextWithRoom();
            if (free != null) {
                hand(question, free, 0, then);
            } else if (waiting.size() >= Call.MAX_WAITING
                    || waitingBytes + question.question().size() > CallLimits.MAX_WAITING_BYTES) {
                fail(question, CallFailures.full(item), then);
            } else {
                await(question);
            }
            greet(then);
            lookAfter(known.isEmpty() ? 0 : REFRESH_NANOS, then);
        });
    }

    private void await(PendingQuestion question) {
        question.await(looks + 1);
        waiting.put(question.arrival(), question);
        waitingBytes += question.question().size();
    }

    private void stopWaiting(PendingQuestion question) {
        if (waiting.remove(question.arrival()) != null) {
            waitingBytes -= question.question().size();
        }
    }

    private @Nullable KnownAnswerer nextWithRoom() {
        long now = System.nanoTime();
        for (int i = 0; i < known.size(); i++) {
            int candidate = (turn + i) % known.size();
            if (known.get(candidate).hasRoom(now)) {
                turn = candidate + 1;
                return known.get(candidate);
            }
        }
        return null;
    }

    private void serve(List<Runnable> then) {
        while (!waiting.isEmpty()) {
            KnownAnswerer free = nextWithRoom();
            if (free == null) {
                greet(then);
                return;
            }
            handFirst(free, 0, then);
        }
    }

    /** Asks those that were not heard lately whether they are there, before anything is handed to them. */
    private void greet(List<Runnable> then) {
        long now = System.nanoTime();
        for (KnownAnswerer each : known) {
            if (each.greet(now)) {
                CallMessage hello = new CallMessage.Hello(each.id(), side.address());
                then.add(() -> side.post()
                        .send(each.id().address(), hello, Duration.ZERO)
                        .whenComplete((sent, failure) -> {
                            if (failure != null && !Post.mayHaveLeft(failure)) {
                                change(after -> noWay(failure, after));
                            }
                        }));
            }
        }
    }

    /** What waits has nobody to go to when none is there, and none can even be asked. */
    private void noWay(Throwable failure, List<Runnable> then) {
        long now = System.nanoTime();
        if (known.stream().noneMatch(each -> each.isThere(now))) {
            failWaiting(question -> true, CallFailures.away(item, side.place(), failure), then);
        }
    }

    private void failWaiting(Predicate<PendingQuestion> which, FairleadException failure, List<Runnable> then) {
        for (PendingQuestion question : List.copyOf(waiting.values())) {
            if (which.test(question)) {
                stopWaiting(question);
                fail(question, failure, then);
            }
        }
    }

    private void handFirst(KnownAnswerer answerer, int more, List<Runnable> then) {
        PendingQuestion first = waiting.firstEntry().getValue();
        stopWaiting(first);
        if (first.over()) {
            fail(first, CallFailures.neverRan(item, first.deadline()), then);
        } else {
            hand(first, answerer, more, then);
        }
    }

    private void hand(PendingQuestion question, KnownAnswerer answerer, int more, List<Runnable> then) {
        long number = side.nextNumber(this);
        question.hand(number, answerer);
        answerer.take();
        held.put(number, question);
        long keep = question.leftNanos();
        CallMessage.Ask message =
                new CallMessage.Ask(answerer.id(), side.address(), number, more, keep, question.question());
        then.add(() -> side.post()
                .send(answerer.id().address(), message, Duration.ofNanos(keep))
                .whenComplete((sent, failure) -> {
                    if (failure != null && !Post.mayHaveLeft(failure)) {
                        notSent(number, failure);
                    }
                }));
    }

    private void notSent(long number, Throwable failure) {
        change(then -> {
            PendingQuestion question = release(number);
            if (question != null) {
                fail(question, CallFailures.away(item, side.place(), failure), then);
                serve(then);
            }
        });
    }

    /** The question, of which its holder is rid; null when it is held no more. */
    private @Nullable PendingQuestion release(long number) {
        PendingQuestion question = held.remove(number);
        if (question != null) {
            side.forget(number);
            if (question.holder() != null) {
                question.holder().release();
            }
        }
        return question;
    }

    private void fail(PendingQuestion question, FairleadException failure, List<Runnable> then) {
        question.settle();
        then.add(() -> question.outcome().completeExceptionally(failure));
    }

    void receive(CallMessage.ToAsker message) {
        change(then -> {
            KnownAnswerer answerer = known(message.from());
            if (answerer != null) {
                answerer.heard(System.nanoTime());
            }
            receive(message, then);
        });
    }

    private void receive(CallMessage.ToAsker message, List<Runnable> then) {
        switch (message) {
            case CallMessage.Answered answered -> answered(answered, then);
            case CallMessage.Busy busy -> busy(busy, then);
            case CallMessage.Abandoned abandoned -> abandoned(abandoned, then);
            case CallMessage.Gone left -> left(left.from(), left.number(), then);
            case CallMessage.Room room -> room(room, then);
            case CallMessage.Here here -> serve(then);
        }
    }

    /** The question of the number, if it is held by whom the message is from. */
    private @Nullable PendingQuestion heldBy(AnswererId from, long number) {
        PendingQuestion question = held.get(number);
        return question != null
                        && question.holder() != null
                        && question.holder().id().equals(from)
                ? question
                : null;
    }

    private void answered(CallMessage.Answered answered, List<Runnable> then) {
        PendingQuestion question = heldBy(answered.from(), answered.number());
        if (question == null) {
            return;
        }
        if (question.over()) {
            end(question, then);
        } else {
            release(answered.number());
            question.settle();
            then.add(() -> question.outcome().complete(answered.answer()));
        }
        serve(then);
    }

    private void busy(CallMessage.Busy busy, List<Runnable> then) {
        PendingQuestion question = heldBy(busy.from(), busy.number());
        if (question == null || question.holder() == null) {
            return;
        }
        question.holder().full(System.nanoTime());
        comeBack(question, then);
        serve(then);
    }

    /** The question did not run, and never will under its number. */
    private void comeBack(PendingQuestion question, List<Runnable> then) {
        release(question.number());
        if (question.over()) {
            fail(question, CallFailures.neverRan(item, question.deadline()), then);
        } else {
            await(question);
        }
    }

    private void abandoned(CallMessage.Abandoned abandoned, List<Runnable> then) {
        PendingQuestion question = heldBy(abandoned.from(), abandoned.number());
        if (question != null) {
            release(abandoned.number());
            fail(question, CallFailures.abandoned(item), then);
        }
        left(abandoned.from(), CallMessage.Gone.NONE, then);
    }

    private void left(AnswererId answerer, long number, List<Runnable> then) {
        PendingQuestion question = heldBy(answerer, number);
        if (question != null) {
            comeBack(question, then);
        }
        remove(answerer);
        serve(then);
        if (known.isEmpty() && !waiting.isEmpty()) {
            lookAfter(0, then);
        }
    }

    private void remove(AnswererId answerer) {
        known.removeIf(each -> each.id().equals(answerer));
        local.remove(answerer);
        if (gone.add(answerer) && gone.size() > MOST_GONE) {
            gone.remove(gone.iterator().next());
        }
    }

    private void room(CallMessage.Room room, List<Runnable> then) {
        KnownAnswerer answerer = known(room.from());
        if (answerer == null) {
            return;
        }
        answerer.roomy();
        if (waiting.isEmpty()) {
            CallMessage.Pass pass = new CallMessage.Pass(answerer.id(), side.address());
            then.add(() -> side.post().send(answerer.id().address(), pass));
        }
        for (int places = room.places(); places > 0 && !waiting.isEmpty(); places--) {
            int others = waiting.size() - 1;
            if (others > 0) {
                answerer.full(System.nanoTime());
            }
            handFirst(answerer, others, then);
        }
        if (waiting.isEmpty()) {
            answerer.roomy();
        }
    }

    private @Nullable KnownAnswerer known(AnswererId id) {
        return known.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
    }

    /** An answerer of this opening takes questions. */
    void join(Presence presence) {
        change(then -> {
            AnswererId id = AnswererId.of(presence);
            if (!gone.contains(id) && local.add(id)) {
                known.add(KnownAnswerer.local(presence));
                serve(then);
            }
        });
    }

    /** An answerer of this opening takes no more questions. */
    void leave(Presence presence) {
        change(then -> left(AnswererId.of(presence), CallMessage.Gone.NONE, then));
    }

    private void add(Presence presence) {
        AnswererId id = AnswererId.of(presence);
        if (!gone.contains(id) && known(id) == null) {
            known.add(KnownAnswerer.listed(presence));
        }
    }

    /** Asks who answers, unless that was done less than so long ago. */
    private void lookAfter(long nanos, List<Runnable> then) {
        if (looking || nanos > 0 && System.nanoTime() - lookedAt < nanos || side.isClosed()) {
            return;
        }
        looking = true;
        long look = ++looks;
        then.add(() -> side.post()
                .find(item)
                .whenComplete((found, failure) -> change(afterwards -> looked(look, found, failure, afterwards))));
    }

    private void looked(
            long look, @Nullable Collection<Presence> found, @Nullable Throwable failure, List<Runnable> then) {
        looking = false;
        lookedAt = System.nanoTime();
        if (found != null) {
            merge(found, then);
        }
        serve(then);
        if (known.isEmpty()) {
            FairleadException none = failure == null
                    ? CallFailures.nobody(item, side.place())
                    : CallFailures.away(item, side.place(), failure);
            failWaiting(question -> question.isSubjectTo(look), none, then);
            if (!waiting.isEmpty()) {
                lookAfter(0, then);
            }
        }
    }

    private void merge(Collection<Presence> found, List<Runnable> then) {
        Set<AnswererId> present = new LinkedHashSet<>(local);
        for (Presence presence : found) {
            if (presence.item().equals(item) && !presence.address().equals(side.address())) {
                present.add(AnswererId.of(presence));
                add(presence);
            }
        }
        List<KnownAnswerer> missing =
                known.stream().filter(each -> !present.contains(each.id())).toList();
        for (KnownAnswerer each : missing) {
            known.remove(each); // not gone for good: one that could not announce itself for a while is listed again
            List.copyOf(held.values()).stream()
                    .filter(question -> question.holder() == each)
                    .forEach(question -> {
                        release(question.number());
                        fail(question, CallFailures.abandoned(item), then);
                    });
        }
    }

    /** Looks whether anything was missed. */
    void look() {
        change(then -> {
            long now = System.nanoTime();
            known.forEach(each -> each.lookAgain(now));
            serve(then);
            if (!waiting.isEmpty()) {
                lookAfter(WAITING_REFRESH_NANOS, then);
            } else if (!held.isEmpty()) {
                lookAfter(REFRESH_NANOS, then);
            }
        });
    }

    /** The deadline has come. */
    void expire(PendingQuestion question) {
        change(then -> {
            end(question, then);
            serve(then);
        });
    }

    private void end(PendingQuestion question, List<Runnable> then) {
        if (question.is(PendingQuestion.Stage.SETTLED)) {
            return;
        }
        boolean handed = letGo(question, then);
        fail(
                question,
                handed
                        ? CallFailures.unanswered(item, question.deadline())
                        : CallFailures.neverRan(item, question.deadline()),
                then);
    }

    /** Whether the question was handed over; its answerer will hear that nobody waits for it any more. */
    private boolean letGo(PendingQuestion question, List<Runnable> then) {
        stopWaiting(question);
        KnownAnswerer holder = question.holder();
        if (!question.is(PendingQuestion.Stage.HELD) || holder == null) {
            return false;
        }
        CallMessage.Forget forget = new CallMessage.Forget(holder.id(), side.address(), question.number());
        release(question.number());
        then.add(() -> side.post().send(holder.id().address(), forget));
        return true;
    }

    /** The asker waits no longer, or has its outcome. */
    void giveUp(PendingQuestion question) {
        change(then -> {
            if (!question.is(PendingQuestion.Stage.SETTLED)) {
                letGo(question, then);
                question.settle();
                serve(then);
            }
        });
    }

    void close() {
        change(then -> {
            List<PendingQuestion> all = new ArrayList<>(held.values());
            all.addAll(waiting.values());
            for (PendingQuestion question : all) {
                letGo(question, then);
                fail(question, side.closedFailure(), then);
            }
        });
    }
}
