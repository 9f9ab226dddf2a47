package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.util.List;
import java.util.Optional;

/** The dead letters of one queue. */
final class SqlDeadLetters implements DeadLetters {
    private final OpenQueue queue;
    private final Opening opening;
    private final DeadRows rows;

    SqlDeadLetters(OpenQueue queue) {
        this.queue = queue;
        this.opening = queue.opening();
        this.rows = queue.server().queues().dead();
    }

    @Override
    public List<DeadLetter> list(long after, int most) {
        QueueLimits.checkList(queue.name(), most);
        return opening.server().workers().call(() -> rows.list(queue.row(), after, most));
    }

    @Override
    public Optional<DeadLetter> find(long number) {
        return opening.server().workers().call(() -> rows.find(queue.row(), number));
    }

    @Override
    public int redrive(List<Long> numbers) {
        Server server = opening.server();
        if (numbers.isEmpty()) {
            return 0;
        }
        QueueLimits.checkList(queue.name(), numbers.size());
        int again = server.workers().call(() -> rows.redrive(queue.row(), numbers));
        queue.changed();
        return again;
    }

    @Override
    public void dismiss(long number, String reason) {
        Server server = opening.server();
        QueueLimits.checkReason(queue.name(), reason);
        String kept = StoredText.of(reason, MAX_REASON);
        server.workers().call(() -> {
            rows.dismiss(queue.row(), number, kept, Nanos.of(server.time().now()));
            return true;
        });
    }

    @Override
    public List<Dismissal> dismissals() {
        return opening.server().workers().call(() -> rows.dismissals(queue.row()));
    }
}
