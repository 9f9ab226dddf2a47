package dev.fairlead.mechanisms.rabbitmq;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands many small writes to a connection with few calls of the system. Safe for many threads.
 *
 * <p>The client of AMQP flushes after each message, which costs both sides more than the message. Here a flush writes at once only when none
 * has just done so; else what was flushed waits for 200 µs after that, and is written by a thread of its own together with what came
 * meanwhile. Blocks while a mebibyte waits. When that thread cannot write, the connection is closed.
 */
final class GatheredWrites extends OutputStream {
    private static final int MOST = 1 << 20;
    private static final long APART = TimeUnit.MICROSECONDS.toNanos(200);

    private final OutputStream connection;
    private final Closeable end;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private final Condition room = lock.newCondition();
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private ByteArrayOutputStream spare = new ByteArrayOutputStream();
    private boolean isWriting;
    private boolean isDue;
    private boolean isClosed;
    private @Nullable IOException failure;
    private long written = System.nanoTime() - APART;

    /** @param end what closes the connection */
    GatheredWrites(OutputStream connection, Closeable end) {
        this.connection = connection;
        this.end = end;
    }

    void start() {
        Thread.ofPlatform().daemon().name("fairlead rabbitmq writer").start(this::writeLater);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        lock.lock();
        try {
            check();
            while (gathered.size() > 0 && gathered.size() + length > MOST) {
                beDue();
                room.awaitUninterruptibly();
                check();
            }
            gathered.write(bytes, from, length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        ByteArrayOutputStream now = now();
        if (now != null) {
            writeOut(now);
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (isClosed) {
            throw new IOException("the connection is closed");
        }
    }

    /** What the caller is to write; nothing when it is to wait. */
    private @Nullable ByteArrayOutputStream now() throws IOException {
        lock.lock();
        try {
            check();
            if (gathered.size() == 0) {
                return null;
            }
            if (isDue || isWriting || System.nanoTime() - written < APART) {
                beDue();
                return null;
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    private void beDue() {
        if (!isDue) {
            isDue = true;
            due.signal();
        }
    }

    private ByteArrayOutputStream take() {
        ByteArrayOutputStream taken = gathered;
        gathered = spare;
        isWriting = true;
        isDue = false;
        room.signalAll();
        return taken;
    }

    private void writeOut(ByteArrayOutputStream taken) throws IOException {
        IOException failed = null;
        try {
            taken.writeTo(connection);
        } catch (IOException e) {
            failed = e;
            throw e;
        } finally {
            wrote(taken, failed);
        }
    }

    private void wrote(ByteArrayOutputStream taken, @Nullable IOException failed) {
        lock.lock();
        try {
            spare = taken.size() > MOST ? new ByteArrayOutputStream() : taken;
            spare.reset();
            isWriting = false;
            written = System.nanoTime();
            failure = failed;
            due.signal();
            if (failed != null) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeLater() {
        try {
            for (ByteArrayOutputStream next = awaitDue(); next != null; next = awaitDue()) {
                writeOut(next);
            }
        } catch (IOException | InterruptedException e) {
            closeConnection();
        }
    }

    /** What is to be written next; nothing at the end. */
    private @Nullable ByteArrayOutputStream awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!isClosed && failure == null) {
                long left = APART - (System.nanoTime() - written);
                if (!isDue || isWriting) {
                    due.await();
                } else if (left > 0) {
                    due.awaitNanos(left);
                } else {
                    return take();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void closeConnection() {
        try {
            end.close();
        } catch (IOException e) {
            // It has failed already, which who reads from it sees.
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            due.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
