package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import dev.fairlead.spi.Question;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.rocksdb.RocksDBException;

/** Takes the messages that fit out of a queue. It goes alone and reads the whole queue, so that none can move while it looks. */
final class EraseMessagesRequest extends QueueRequest<Long> {
    private final Database database;
    private final Predicate<Question> which;
    private final Set<Long> places = new HashSet<>();
    private long erased;

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
        survivesKill(group);
        QueueChanges changes = group.changes(queue());
        each(Kind.READY, row -> {
            changes.removeReady(row.first());
            places.add(row.first());
        });
        each(Kind.LATER, row -> changes.removeLater(row.first(), row.second()));
        each(Kind.DEAD, row -> changes.removeDead(row.first()));
    }

    private void each(Kind kind, QueueScan.Look removal) throws RocksDBException {
        QueueScan.each(database.handles(), queue().id(), kind, row -> {
            if (which.test(StoredMessage.read(database, row.value()).message())) {
                removal.at(row);
                erased++;
            }
        });
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
