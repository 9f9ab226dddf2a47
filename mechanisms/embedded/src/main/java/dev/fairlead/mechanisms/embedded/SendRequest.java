package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Sent;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.RocksDBException;

/** Puts one message into a queue, packed by the thread that sends. */
final class SendRequest extends QueueRequest<Sent> {
    /** The moment of a message that is ready at once. */
    static final long NOW = Long.MIN_VALUE;

    private static final int OVERHEAD = 256;

    private final StoredMessage message;
    private final byte[] packed;
    private final long due;
    private long place;

    SendRequest(OpenQueue queue, StoredMessage message, long due, CompletableFuture<Sent> result) {
        super(queue, result);
        this.message = message;
        this.packed = message.bytes();
        this.due = due;
    }

    @Override
    public long bytes() {
        return (long) OVERHEAD + packed.length;
    }

    @Override
    public boolean small() {
        return false;
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        group.wants(queue().row().definition().durability());
        QueueChanges changes = group.changes(queue());
        if (due == NOW) {
            place = changes.putReady(packed);
        } else {
            changes.putLater(due, packed);
        }
    }

    @Override
    public void publish(TailBudget tails) {
        if (due == NOW) {
            queue().arrived(new ReadyMessage(place, 0, message));
        } else {
            queue().due().later(due);
        }
    }

    @Override
    public void done(Durability reached) {
        result().complete(new Sent(reached));
    }
}
