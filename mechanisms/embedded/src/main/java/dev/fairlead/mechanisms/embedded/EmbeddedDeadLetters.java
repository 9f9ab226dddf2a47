package dev.fairlead.mechanisms.embedded;

import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.input.QueueLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads dead letters from the database, and hands their changes to the committer. */
final class EmbeddedDeadLetters implements DeadLetters {
    private static final long LIST_BYTES = 16L << 20;

    private final Opening opening;
    private final OpenQueue queue;

    EmbeddedDeadLetters(Opening opening, OpenQueue queue) {
        this.opening = opening;
        this.queue = queue;
    }

    @Override
    public List<DeadLetter> list(long after, int most) {
        QueueLimits.checkList(queue.name(), most);
        long from = Math.max(after, START) + 1;
        Database database = opening.store().database();
        return QueueScan.read(database, queue.id(), Kind.DEAD, from, Long.MAX_VALUE, most, LIST_BYTES).stream()
                .map(row -> letter(row.first(), row.value()))
                .toList();
    }

    @Override
    public Optional<DeadLetter> find(long number) {
        return opening.store()
                .database()
                .read(handles -> Optional.ofNullable(QueueScan.find(handles, queue.id(), Kind.DEAD, number))
                        .map(row -> letter(number, row)));
    }

    private static DeadLetter letter(long number, byte[] row) {
        StoredMessage parsed = StoredMessage.parseable(row);
        StoredMessage stored = parsed == null ? StoredMessage.garbled(row, 0) : parsed;
        return new DeadLetter(
                number, stored.message(), stored.attempts(), stored.error(), Instant.ofEpochMilli(stored.since()));
    }

    @Override
    public int redrive(List<Long> numbers) {
        Store store = opening.store();
        if (numbers.isEmpty()) {
            return 0;
        }
        QueueLimits.checkList(queue.name(), numbers.size());
        RedriveRequest request = new RedriveRequest(queue, store.database(), numbers);
        return Outcome.of(store.queue(), request, request.result());
    }

    @Override
    public void dismiss(long number, String reason) {
        QueueLimits.checkReason(queue.name(), reason);
        Store store = opening.store();
        DismissRequest request = new DismissRequest(queue, store.database(), number, reason);
        Outcome.of(store.queue(), request, request.result());
    }

    @Override
    public List<Dismissal> dismissals() {
        Database database = opening.store().database();
        return QueueScan.read(database, queue.id(), Kind.DISMISSED, 0, Long.MAX_VALUE, MOST, Long.MAX_VALUE)
                .reversed()
                .stream()
                .map(row -> new Dismissal(
                        row.second(),
                        new String(row.value(), StandardCharsets.UTF_8),
                        Instant.ofEpochMilli(row.first())))
                .toList();
    }
}
