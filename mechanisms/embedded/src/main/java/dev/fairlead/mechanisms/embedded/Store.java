package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One database with its logs and the threads that serve it, shared by all openings of its folder in this process. */
final class Store implements AutoCloseable {
    /** What waits and what is kept for readers at the end is small, so that it is dead before a collector has to move it. */
    private static final long QUEUE_BYTES = 2L << 20;

    private static final long TAIL_BYTES = 32L << 20;
    private static final long TAIL_BYTES_PER_LOG = 2L << 20;

    private final Database database;
    private final Logs logs;
    private final PromptFuture.Patience unsynced = new PromptFuture.Patience(Duration.ofNanos(250_000));
    private final PromptFuture.Patience synced = new PromptFuture.Patience(Duration.ofMillis(1));
    private final WriteQueue queue;
    private final Queues queues;
    private final Calls calls;
    private final Housekeeper housekeeper;
    private final Thread committer;
    private final Thread housekeeping;
    private final Runnable release;

    private Store(
            Database database, Contents contents, SpaceGuard space, TimeSource time, String name, Runnable release) {
        this.database = database;
        this.logs = contents.logs();
        this.queue = contents.queue();
        this.queues = contents.queues();
        this.release = release;
        calls = new Calls(time);
        TailBudget tails = new TailBudget(TAIL_BYTES, TAIL_BYTES_PER_LOG);
        committer = thread("committer", name, new Committer(queue, database, logs, queues, space, tails, time));
        housekeeper = new Housekeeper(database, logs, queue, time);
        housekeeping = thread("housekeeper", name, housekeeper);
    }

    static Store memory(TimeSource time) {
        NativeLibrary.load();
        Tuning tuning = Tuning.memory();
        Database database = new Database(new DatabaseOpening("/fairlead", "the store in memory", tuning, null), null);
        return start(new Store(database, load(database, time), SpaceGuard.memory(), time, "memory", tuning::close));
    }

    static Store folder(Path folder, TimeSource time) {
        NativeLibrary.load();
        DataFolder held = DataFolder.hold(folder);
        try {
            return start(open(held, time));
        } catch (IOException e) {
            held.close();
            throw DataFolder.inaccessible(folder, e);
        } catch (RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    private static Store open(DataFolder held, TimeSource time) throws IOException {
        Path folder = held.path();
        Sizing sizing = Sizing.volume(Files.getFileStore(folder).getTotalSpace());
        SyncedMark mark = SyncedMark.open(folder, held.database(), Boot.current());
        Tuning tuning = Tuning.volume(sizing);
        Runnable release = () -> {
            tuning.close();
            mark.close();
            held.close();
        };
        try {
            String place = "data folder " + folder;
            Database database =
                    new Database(new DatabaseOpening(held.database().toString(), place, tuning, mark), mark);
            SpaceGuard space = SpaceGuard.volume(folder, sizing, SpaceGuard.TRUST);
            return new Store(database, load(database, time), space, time, name(folder), release);
        } catch (RuntimeException | Error e) {
            tuning.close();
            mark.close();
            throw e;
        }
    }

    /** What the database holds, and the queue of what is to be written to it. */
    private record Contents(Logs logs, WriteQueue queue, Queues queues) {}

    private static Contents load(Database database, TimeSource time) {
        try {
            WriteQueue queue = new WriteQueue(QUEUE_BYTES);
            return new Contents(Logs.load(database), queue, Queues.load(database, queue, time));
        } catch (FairleadException e) {
            database.close();
            throw e;
        } catch (RuntimeException e) {
            database.close();
            throw StorageFailures.garbled(database.place(), e);
        }
    }

    private static String name(Path folder) {
        Path last = folder.getFileName();
        return last == null ? "root" : last.toString();
    }

    private static Store start(Store store) {
        store.committer.start();
        store.housekeeping.start();
        store.queues.start();
        return store;
    }

    private static Thread thread(String role, String name, Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name("fairlead-" + role + "-" + name)
                .unstarted(work);
    }

    Database database() {
        return database;
    }

    Logs logs() {
        return logs;
    }

    Queues queues() {
        return queues;
    }

    WriteQueue queue() {
        return queue;
    }

    /** While a disk syncs, the processor has more time for a waiter that spins than while the committer works. */
    PromptFuture.Patience patience(Durability durability) {
        return durability == Durability.D2 ? synced : unsynced;
    }

    Calls calls() {
        return calls;
    }

    long erase(Claim claim, byte[] key, long below) {
        return housekeeper.erase(claim, key, below);
    }

    void applyRetention() {
        housekeeper.applyNow();
    }

    /** Writes what is queued, then stops. An interrupt does not cut it short; the flag stays set. */
    @Override
    public void close() {
        housekeeper.stop();
        join(housekeeping);
        queues.close();
        queue.close();
        join(committer);
        release.run();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
