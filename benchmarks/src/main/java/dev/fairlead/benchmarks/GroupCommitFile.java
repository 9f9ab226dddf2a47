package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reference for many writers: whoever finds the file free writes what all the others have brought, with one force for all.
 */
final class GroupCommitFile implements AutoCloseable {
    private final FileAppender file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private List<LogEntry> waiting = new ArrayList<>();
    private long admitted;
    private long forced;
    private boolean busy;

    GroupCommitFile(Path folder, Records records) throws IOException {
        this.file = new FileAppender(folder, FileAppender.Force.EACH_BATCH, records);
    }

    FileAppender file() {
        return file;
    }

    void append(LogEntry entry) throws IOException {
        lock.lock();
        try {
            waiting.add(entry);
            long mine = ++admitted;
            while (forced < mine) {
                if (busy) {
                    written.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead() throws IOException {
        busy = true;
        List<LogEntry> group = waiting;
        waiting = new ArrayList<>();
        long upTo = admitted;
        lock.unlock();
        try {
            file.append(group);
        } finally {
            lock.lock();
            busy = false;
        }
        forced = upTo;
        written.signalAll();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
