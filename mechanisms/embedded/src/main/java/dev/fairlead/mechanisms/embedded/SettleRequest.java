package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import org.rocksdb.RocksDBException;

/** Takes a message out of the hands of its receiver. */
final class SettleRequest extends QueueRequest<Void> {
    private final HeldMessage held;
    private final Settlement settlement;
    private long due;
    private boolean gone;

    SettleRequest(HeldMessage held, Settlement settlement) {
        super(held.queue());
        this.held = held;
        this.settlement = settlement;
    }

    @Override
    public long bytes() {
        return super.bytes()
                + (settlement instanceof Settlement.Acknowledged
                        ? 0
                        : held.stored().size());
    }

    @Override
    public void prepare(CommitGroup group) throws RocksDBException {
        survivesKill(group);
        gone = !queue().holds(held);
        if (gone) {
            return; // it was erased meanwhile
        }
        QueueChanges changes = group.changes(queue());
        changes.removeReady(held.place());
        long now = queue().time().now().toEpochMilli();
        switch (settlement) {
            case Settlement.Acknowledged acknowledged -> {}
            case Settlement.GivenBack given -> {
                due = now + Math.ceilDiv(given.delay().toNanos(), 1_000_000);
                changes.putLater(
                        due, moved(held.attempt(), held.stored().since(), "").bytes());
            }
            case Settlement.HandedBack handed -> {
                due = now;
                changes.putLater(
                        due,
                        moved(held.attempt() - 1, held.stored().since(), "").bytes());
            }
            case Settlement.SetAside(String error) ->
                changes.putDead(moved(held.attempt(), now, error).bytes());
        }
    }

    private StoredMessage moved(int attempts, long since, String error) {
        return new StoredMessage(attempts, since, error, held.message());
    }

    @Override
    public void publish(TailBudget tails) {
        queue().settled(held);
        if (!gone && (settlement instanceof Settlement.GivenBack || settlement instanceof Settlement.HandedBack)) {
            queue().due().later(due);
        }
    }

    @Override
    public void done(Durability reached) {
        if (gone) {
            result().completeExceptionally(held.fenced());
        } else {
            result().complete(null);
        }
    }

    @Override
    public void failed(FairleadException failure) {
        queue().unsettled(held);
        super.failed(failure);
    }
}
