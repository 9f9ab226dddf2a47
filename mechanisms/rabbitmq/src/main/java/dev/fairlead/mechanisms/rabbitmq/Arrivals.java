package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.OffsetSpecification;
import dev.fairlead.api.FairleadException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription of a stream has brought and nobody has taken yet. The server sends as many pieces as it has been asked for, and
 * another one is asked for when one is taken, so that what lies here is limited.
 */
final class Arrivals implements StreamListener {
    private static final int PIECES = 8;

    private final ReentrantLock lock;
    private final Condition changed;
    private final ArrayDeque<StreamPiece> waiting = new ArrayDeque<>();
    private @Nullable StreamConnection connection;
    private byte subscription;
    private @Nullable FairleadException lost;

    /** Arrivals are signalled on the condition, which belongs to the lock. */
    Arrivals(ReentrantLock lock, Condition changed) {
        this.lock = lock;
        this.changed = changed;
    }

    /** Begins with the offset, or with the next message when that lies beyond the end. */
    void begin(StreamConnection to, String stream, long offset) {
        connection = to;
        subscription = to.subscribe(stream, OffsetSpecification.offset(offset), PIECES, this);
    }

    @Override
    public boolean came(StreamPiece piece) {
        lock.lock();
        try {
            waiting.add(piece);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return false; // the next when this one is taken
    }

    @Override
    public void lost(FairleadException why) {
        lock.lock();
        try {
            lost = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next piece, or nothing. */
    @Nullable
    StreamPiece take() {
        StreamPiece next;
        lock.lock();
        try {
            next = waiting.poll();
        } finally {
            lock.unlock();
        }
        StreamConnection from = connection;
        if (next != null && from != null) {
            from.credit(subscription);
        }
        return next;
    }

    /** Why nothing more comes behind what is here; nothing while more may come. Only under the lock. */
    @Nullable
    FairleadException lost() {
        return waiting.isEmpty() ? lost : null;
    }

    /** Whether nothing waits to be taken. Only under the lock. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void end() {
        StreamConnection from = connection;
        if (from != null) {
            from.unsubscribe(subscription);
        }
    }
}
