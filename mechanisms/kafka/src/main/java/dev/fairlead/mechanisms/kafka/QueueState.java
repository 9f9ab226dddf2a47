package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDepth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a journal makes of a queue: a fold over its records, in which time has no say, so that all who have read equally far agree. Used
 * under the journal's lock.
 */
final class QueueState {
    private static final long MOST_CONTENT = 32L << 20;

    private final TreeMap<Long, QueuedMessage> live = new TreeMap<>();
    /** Nobody holds these, and they may be due. */
    private final TreeSet<QueuedMessage> ready = new TreeSet<>(QueuedMessage.ORDER);
    /** Nobody holds these, and they were not due when somebody looked. */
    private final TreeSet<QueuedMessage> later = new TreeSet<>(QueuedMessage.DUE);

    private final Map<Long, QueuedMessage> held = new HashMap<>();
    private final TreeMap<Long, QueuedMessage> dead = new TreeMap<>();
    private final TreeMap<Long, QueueStep.Dismiss> dismissals = new TreeMap<>();
    private long kept = -1;
    private long contentBytes;

    /** What a step did: how many messages it settled or moved, and those that it took. */
    record Effect(int count, List<QueuedMessage> took) {
        static Effect of(int count) {
            return new Effect(count, List.of());
        }
    }

    void sent(long offset, Question content, @Nullable Instant notBefore) {
        QueuedMessage message = new QueuedMessage(offset, notBefore == null ? Instant.MIN : notBefore);
        if (contentBytes + content.size() <= MOST_CONTENT) {
            message.content = content;
            contentBytes += content.size();
        }
        live.put(offset, message);
        free(message);
    }

    /**
     * @param by the opening that took the step
     * @param stamp when, by the broker's clock
     */
    Effect apply(QueueStep step, UUID by, long offset, long stamp) {
        return switch (step) {
            case QueueStep.Take take -> take(take, by, offset, stamp);
            case QueueStep.Acknowledge(QueueStep.Hold hold) -> Effect.of(let(hold, this::end));
            case QueueStep.GiveBack(QueueStep.Hold hold, Instant notBefore) ->
                Effect.of(let(hold, message -> {
                    message.notBefore = notBefore;
                    last(message, offset, 0);
                }));
            case QueueStep.HandBack(QueueStep.Hold hold) ->
                Effect.of(let(hold, message -> {
                    message.attempts--;
                    free(message);
                }));
            case QueueStep.Expire(List<QueueStep.Hold> holds) ->
                Effect.of(holds.stream().mapToInt(hold -> let(hold, this::free)).sum());
            case QueueStep.Leave leave -> Effect.of(left(by));
            case QueueStep.SetAside(QueueStep.Hold hold, Instant since, String error) ->
                Effect.of(let(hold, message -> {
                    message.since = since;
                    message.error = error;
                    forget(message);
                    dead.put(offset, message);
                }));
            case QueueStep.Redrive(List<Long> numbers) -> Effect.of(redrive(numbers, offset));
            case QueueStep.Dismiss dismissal -> Effect.of(dismiss(dismissal));
            case QueueStep.Keep(long below, List<QueueStep.Dismiss> told) -> {
                told.forEach(this::note);
                kept = Math.max(kept, below);
                yield Effect.of(told.size());
            }
        };
    }

    private Effect take(QueueStep.Take take, UUID by, long offset, long stamp) {
        List<QueuedMessage> took = new ArrayList<>();
        for (long id : take.messages()) {
            QueuedMessage message = live.get(id);
            if (message == null
                    || message.taken != QueuedMessage.FREE
                    || !(ready.remove(message) || later.remove(message))) {
                continue;
            }
            message.taken = offset;
            message.holder = by;
            message.lease = take.lease();
            message.takenAt = stamp;
            message.expires = QueuedMessage.OPEN;
            message.attempts++;
            held.put(id, message);
            took.add(message);
        }
        return new Effect(took.size(), took);
    }

    @FunctionalInterface
    private interface Settling {
        void settle(QueuedMessage message);
    }

    /** Settles the message if the hold is the one that counts; 1 or 0. */
    private int let(QueueStep.Hold hold, Settling how) {
        QueuedMessage message = held.get(hold.message());
        if (message == null || message.taken != hold.taken()) {
            return 0;
        }
        held.remove(message.id);
        message.taken = QueuedMessage.FREE;
        message.holder = null;
        how.settle(message);
        return 1;
    }

    private void free(QueuedMessage message) {
        ready.add(message);
    }

    private void last(QueuedMessage message, long offset, int among) {
        message.place = offset;
        message.among = among;
        free(message);
    }

    private void end(QueuedMessage message) {
        forget(message);
        live.remove(message.id);
    }

    private void forget(QueuedMessage message) {
        Question content = message.content;
        if (content != null) {
            contentBytes -= content.size();
            message.content = null;
        }
    }

    private int left(UUID opening) {
        List<QueueStep.Hold> holds = held.values().stream()
                .filter(message -> opening.equals(message.holder))
                .map(QueuedMessage::hold)
                .toList();
        holds.forEach(hold -> let(hold, this::free));
        return holds.size();
    }

    private int redrive(List<Long> numbers, long offset) {
        int again = 0;
        for (long number : numbers) {
            QueuedMessage message = dead.remove(number);
            if (message != null) {
                message.attempts = 0;
                message.notBefore = Instant.MIN;
                last(message, offset, again++);
            }
        }
        return again;
    }

    private int dismiss(QueueStep.Dismiss dismissal) {
        QueuedMessage message = dead.remove(dismissal.number());
        if (message == null) {
            return 0;
        }
        end(message);
        note(dismissal);
        return 1;
    }

    private void note(QueueStep.Dismiss dismissal) {
        dismissals.put(dismissal.number(), dismissal);
        if (dismissals.size() > DeadLetters.MOST) {
            dismissals.values().stream()
                    .min(Comparator.comparing(QueueStep.Dismiss::time))
                    .ifPresent(oldest -> dismissals.remove(oldest.number()));
        }
    }

    /** Which messages can be handed out now, the first in the queue first, at most so many; those that are not due are put by. */
    List<Long> due(Instant now, int most, Predicate<Long> wanted) {
        while (!later.isEmpty() && !later.first().notBefore.isAfter(now)) {
            ready.add(later.pollFirst());
        }
        List<Long> due = new ArrayList<>();
        List<QueuedMessage> early = new ArrayList<>();
        for (QueuedMessage message : ready) {
            if (message.notBefore.isAfter(now)) {
                early.add(message);
            } else if (wanted.test(message.id)) {
                due.add(message.id);
                if (due.size() == most) {
                    break;
                }
            }
        }
        early.forEach(message -> {
            ready.remove(message);
            later.add(message);
        });
        return due;
    }

    /** When the next of those that were put by is due. */
    Optional<Instant> nextDue() {
        return later.isEmpty() ? Optional.empty() : Optional.of(later.first().notBefore);
    }

    Iterable<QueuedMessage> held() {
        return held.values();
    }

    boolean holds(QueuedMessage message, long taken) {
        return message.taken == taken && held.get(message.id) == message;
    }

    QueueDepth depth(Instant now) {
        long early =
                ready.stream().filter(message -> message.notBefore.isAfter(now)).count();
        long overdue = later.stream()
                .filter(message -> !message.notBefore.isAfter(now))
                .count();
        return new QueueDepth(ready.size() - early + overdue, later.size() + early - overdue, held.size(), dead.size());
    }

    /** Dead letters behind the number, the oldest first. */
    Map<Long, QueuedMessage> deadAfter(long number) {
        return dead.tailMap(number, false);
    }

    @Nullable
    QueuedMessage dead(long number) {
        return dead.get(number);
    }

    /** The newest dismissals, the newest first. */
    List<QueueStep.Dismiss> dismissals() {
        return dismissals.values().stream()
                .sorted(Comparator.comparing(QueueStep.Dismiss::time).reversed())
                .toList();
    }

    /** Nothing below is needed any more, the journal having been read up to {@code next}. */
    long neededFrom(long next) {
        long oldest = live.isEmpty() ? next : live.firstKey();
        return dismissals.isEmpty() ? oldest : Math.max(0, Math.min(oldest, kept));
    }

    /** Whether dismissals alone keep the journal's beginning. */
    boolean wantsKeep(long next) {
        long oldest = live.isEmpty() ? next : live.firstKey();
        return !dismissals.isEmpty() && kept < oldest;
    }
}
