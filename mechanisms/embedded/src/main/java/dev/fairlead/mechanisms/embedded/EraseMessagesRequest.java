package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import dev.fairlead.spi.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.rocksdb.RocksDBException;

/** Takes the messages that fit out of a queue. It goes alone and reads the whole queue, so that none can move while it looks. */
final class EraseMessagesRequest extends QueueRequest<Long> {
    private final Database database;
    private final Predicate<Question> which;
    private final Set<Long> places = new HashSet<>();
    private long erased;

    /** Where a message is that fits. */
    private record Found(Kind kind, long first, long second) {}

    EraseMessagesRequest(OpenQueue queue, Database database, Predicate<Question> which) {
        super(queue);
        this.database = database;
        this.which = which;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        List<Found> found = new ArrayList<>();
        for (Kind kind : List.of(Kind.READY, Kind.LATER, Kind.DEAD)) {
            QueueScan.each(database.handles(), queue().id(), kind, row -> {
                if (which.test(StoredMessage.read(database, row.value()).message())) {
                    found.add(new Found(kind, row.first(), row.second()));
                }
            });
        }
        survivesKill(group); // only now: whoever finds a garbled row above is refused, and has changed nothing
        QueueChanges changes = group.changes(queue());
        for (Found each : found) {
            remove(changes, each);
        }
        erased = found.size();
    }

    private void remove(QueueChanges changes, Found found) throws RocksDBException {
        switch (found.kind()) {
            case READY -> {
                changes.removeReady(found.first());
                places.add(found.first());
            }
            case LATER -> changes.removeLater(found.first(), found.second());
            case DEAD -> changes.removeDead(found.first());
            case ATTEMPTS, DISMISSED -> throw new IllegalStateException("no messages: " + found.kind());
        }
    }

    @Override
    public void publish(TailBudget tails) {
        queue().erased(places);
    }

    @Override
    public void done(Durability reached) {
        result().complete(erased);
    }
}
