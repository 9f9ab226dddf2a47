package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Writes what waits in the queue, group by group: one batch, and one sync if anybody of the group needs it. The one thread that
 * writes to the database, gives offsets, and tells readers and callers.
 */
final class Committer implements Runnable {
    private static final System.Logger LOG = System.getLogger(Committer.class.getName());
    private static final long GROUP_BYTES = 4L << 20;

    private final WriteQueue queue;
    private final Database database;
    private final Logs logs;
    private final Queues queues;
    private final SpaceGuard space;
    private final TimeSource time;
    private final TailBudget tails;
    private final CommitGroup group;
    private @Nullable FairleadException broken;

    Committer(
            WriteQueue queue,
            Database database,
            Logs logs,
            Queues queues,
            SpaceGuard space,
            TailBudget tails,
            TimeSource time) {
        this.queue = queue;
        this.database = database;
        this.logs = logs;
        this.queues = queues;
        this.space = space;
        this.tails = tails;
        this.time = time;
        this.group = new CommitGroup(database);
    }

    /** Goes on until the queue is closed and empty; then closes the database. */
    @Override
    public void run() {
        try {
            List<Request> requests = queue.take(GROUP_BYTES);
            while (!requests.isEmpty()) {
                commit(requests);
                requests = queue.take(GROUP_BYTES);
            }
        } finally {
            queue.close();
            for (Request left : queue.drain()) {
                left.failed(StorageFailures.closed());
            }
            group.close();
            database.close();
        }
    }

    private void commit(List<Request> requests) {
        try {
            repair();
            gather(requests);
            Durability reached = group.write();
            group.publish(tails);
            database.note(reached);
            group.members().forEach(member -> member.done(reached));
        } catch (RocksDBException e) {
            fail(requests, StorageFailures.writing(database.place(), e));
        } catch (FairleadException e) {
            requests.forEach(request -> request.failed(e));
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, database.place() + ": a write failed in an unforeseen way", e);
            fail(requests, StorageFailures.unknown(database.place(), e));
        }
    }

    private void gather(List<Request> requests) throws RocksDBException {
        group.begin(time.now().toEpochMilli());
        for (Request request : requests) {
            try {
                checkSpace(request);
                group.join(request);
            } catch (FairleadException e) {
                request.failed(e);
            }
        }
    }

    private void checkSpace(Request request) {
        boolean room = request.small() ? space.roomForSmall(request.bytes()) : space.roomFor(request.bytes());
        if (!room) {
            throw StorageFailures.full(database.place(), null);
        }
    }

    /** Opens anew at once if that is possible, so that whoever hears of the failure finds what the log really holds. */
    private void fail(List<Request> requests, FairleadException failure) {
        broken = failure;
        try {
            repair();
        } catch (FairleadException e) {
            LOG.log(System.Logger.Level.ERROR, database.place() + " takes no writes for now", e);
        }
        requests.forEach(request -> request.failed(failure));
    }

    /** After a failed write the database takes no more; it is opened anew, as soon as there is room. */
    private void repair() {
        FairleadException cause = broken;
        if (cause == null) {
            return;
        }
        if (cause.code() == ErrorCode.STORAGE_DAMAGED || !space.roomToOpen()) {
            throw cause;
        }
        database.reopen();
        adoptEnds();
        queues.adopt();
        broken = null;
        LOG.log(System.Logger.Level.INFO, database.place() + " was opened again after a failed write");
    }

    /** A write of unknown outcome may be there after all; the log goes on behind it. */
    private void adoptEnds() {
        for (OpenLog log : logs.all()) {
            long stored = database.read(handles -> BlockScan.end(handles, log.id()));
            if (stored > log.end()) {
                tails.releaseBelow(log, stored);
                log.endingAt(stored);
            }
        }
    }
}
