package dev.fairlead.mechanisms.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the committer, in the order of the calls, bounded by bytes: whoever adds more waits. A wait is not ended by an
 * interrupt, only by room or by the close, because the committer always goes on.
 */
final class WriteQueue {
    private final long capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Deque<Request> requests = new ArrayDeque<>();
    private final Waiting committer = new Waiting();
    private long bytes;
    private volatile boolean ready;
    private volatile boolean closed;
    private volatile @Nullable Thread taker;

    WriteQueue(long capacity) {
        this.capacity = capacity;
    }

    void add(Request request) {
        lock.lock();
        try {
            while (bytes > 0 && bytes + request.bytes() > capacity && !closed && Thread.currentThread() != taker) {
                room.awaitUninterruptibly();
            }
            if (closed) {
                throw StorageFailures.closed();
            }
            enter(request);
        } finally {
            lock.unlock();
        }
        committer.wake();
    }

    /** Adds a small request without waiting for room; after the close it fails. */
    void addAtOnce(Request request) {
        boolean late;
        lock.lock();
        try {
            late = closed;
            if (!late) {
                enter(request);
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            request.failed(StorageFailures.closed());
        } else {
            committer.wake();
        }
    }

    private void enter(Request request) {
        requests.add(request);
        bytes += request.bytes();
        ready = true;
    }

    /** What waits, up to the bytes but at least one request; a request that goes alone ends the list. Empty when closed. */
    List<Request> take(long most) {
        taker = Thread.currentThread();
        while (!ready && !closed) {
            committer.await(() -> ready || closed, Long.MAX_VALUE);
        }
        lock.lock();
        try {
            List<Request> taken = new ArrayList<>(requests.size());
            long size = 0;
            while (!requests.isEmpty()
                    && (taken.isEmpty() || size + requests.element().bytes() <= most)) {
                if (requests.element().alone() && !taken.isEmpty()) {
                    break;
                }
                Request request = requests.remove();
                taken.add(request);
                size += request.bytes();
                if (request.alone()) {
                    break;
                }
            }
            release(size);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Everything that waits. */
    List<Request> drain() {
        lock.lock();
        try {
            List<Request> left = new ArrayList<>(requests);
            requests.clear();
            release(bytes);
            return left;
        } finally {
            lock.unlock();
        }
    }

    private void release(long size) {
        bytes -= size;
        ready = !requests.isEmpty();
        room.signalAll();
    }

    /** Takes no more requests; those that wait are still handed out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        committer.wake();
    }
}
