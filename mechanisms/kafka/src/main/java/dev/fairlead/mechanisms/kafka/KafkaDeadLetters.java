package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dead letters of one queue. */
final class KafkaDeadLetters implements DeadLetters {
    private static final long LARGE = 16L << 20;

    private final KafkaQueue queue;

    KafkaDeadLetters(KafkaQueue queue) {
        this.queue = queue;
    }

    /** One without its content. */
    private record Found(long number, long message, int attempts, String error, Instant since) {
        Found(long number, QueuedMessage dead) {
            this(number, dead.id, dead.attempts, dead.error, dead.since);
        }

        DeadLetter with(Question content) {
            return new DeadLetter(number, content, attempts, error, since);
        }
    }

    private QueueJournal upToDate() {
        QueueJournal journal = queue.journal();
        journal.catchUp();
        return journal;
    }

    @Override
    public List<DeadLetter> list(long after, int most) {
        QueueLimits.checkList(queue.name(), most);
        List<Found> found = upToDate().look(state -> {
            List<Found> page = new ArrayList<>();
            for (Map.Entry<Long, QueuedMessage> dead : state.deadAfter(after).entrySet()) {
                if (page.size() == most) {
                    break;
                }
                page.add(new Found(dead.getKey(), dead.getValue()));
            }
            return page;
        });
        return withContents(found);
    }

    /** A few at a time, because each may be large. */
    private List<DeadLetter> withContents(List<Found> found) {
        List<DeadLetter> letters = new ArrayList<>();
        long bytes = 0;
        int step = 16;
        for (int i = 0; i < found.size() && bytes < LARGE; i += step) {
            List<Found> some = found.subList(i, Math.min(found.size(), i + step));
            Map<Long, Question> contents =
                    queue.contents(some.stream().map(Found::message).toList());
            for (Found each : some) {
                Question content = contents.get(each.message());
                if (content != null) {
                    letters.add(each.with(content));
                    bytes += content.size();
                }
            }
        }
        return letters;
    }

    @Override
    public Optional<DeadLetter> find(long number) {
        Optional<Found> found =
                upToDate().look(state -> Optional.ofNullable(state.dead(number)).map(dead -> new Found(number, dead)));
        return found.flatMap(one -> withContents(List.of(one)).stream().findFirst());
    }

    @Override
    public int redrive(List<Long> numbers) {
        QueueJournal journal = queue.journal();
        if (numbers.isEmpty()) {
            return 0;
        }
        QueueLimits.checkList(queue.name(), numbers.size());
        return Futures.outcome(journal.take(new QueueStep.Redrive(List.copyOf(numbers))))
                .count();
    }

    @Override
    public void dismiss(long number, String reason) {
        QueueJournal journal = queue.journal();
        QueueLimits.checkReason(queue.name(), reason);
        QueueStep dismissal = new QueueStep.Dismiss(number, queue.time().now(), reason);
        if (Futures.outcome(journal.take(dismissal)).count() == 0) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, "queue " + queue.name() + " has no dead letter " + number + " (list them)");
        }
    }

    @Override
    public List<Dismissal> dismissals() {
        return upToDate().look(QueueState::dismissals).stream()
                .map(each -> new Dismissal(each.number(), each.reason(), each.time()))
                .toList();
    }
}
