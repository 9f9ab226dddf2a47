package dev.fairlead.engine.topic;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what is committed to an owner's log, with its beats, on a thread of its own, until it is closed. What could not be published is
 * tried again; after a long failure only the newest of it, since readers ask for the rest.
 */
final class Relay implements Runnable, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final byte[] NOTHING = {};
    private static final int MOST_RECORDS = 1024;
    private static final int WINDOW = 32;
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final Log log;
    private final Topic topic;
    private final FeedPage.Writer writer;
    private final BooleanSupplier overtaken;
    private final Thread thread;
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private volatile boolean closed;
    private volatile @Nullable LogReader reader;
    /** Everything below was published. */
    private long published;

    private record Sent(long to, CompletableFuture<?> done) {}

    private Relay(String name, Log log, Topic topic, FeedPage.Writer writer, BooleanSupplier overtaken) {
        this.name = name;
        this.log = log;
        this.topic = topic;
        this.writer = writer;
        this.overtaken = overtaken;
        this.published = writer.claimedAt();
        this.thread =
                Thread.ofPlatform().daemon().name("fairlead relay of " + name).unstarted(this);
    }

    /**
     * Publishes what comes after the claim.
     *
     * @param overtaken whether another has claimed the log since: what it writes is not to go out under this claim
     */
    static Relay start(String name, Log log, Topic topic, FeedPage.Writer writer, BooleanSupplier overtaken) {
        Relay relay = new Relay(name, log, topic, writer, overtaken);
        relay.thread.start();
        return relay;
    }

    @Override
    public void run() {
        boolean quiet = false;
        while (!closed) {
            try {
                relay();
            } catch (FairleadException e) {
                if (closed || e.code() == ErrorCode.CLOSED) {
                    break;
                }
                if (!quiet) {
                    LOG.log(System.Logger.Level.WARNING, () -> "the relay of " + name + " tries again", e);
                }
                quiet = true;
                underWay.clear();
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void relay() {
        published = Math.max(published, log.bounds(name, 0).end() - MOST_RECORDS);
        try (LogReader opened = log.read(name, 0, published)) {
            reader = opened;
            while (!closed) {
                long from = opened.next();
                LogBatch batch = opened.poll(MOST_RECORDS, PATIENCE);
                if (overtaken.getAsBoolean()) {
                    LOG.log(System.Logger.Level.INFO, () -> "another owner has claimed " + name + ", and publishes it");
                    closed = true;
                    return;
                }
                if (opened.next() > from || batch.beat() != null) {
                    FeedPages.ofBatch(writer, from, opened.next(), batch).forEach(this::publish);
                }
                settle(0);
            }
        }
    }

    private void publish(FeedPage page) {
        settle(WINDOW);
        underWay.add(new Sent(page.to(), topic.publish(name, new Question(NOTHING, FeedFormat.pack(page)))));
    }

    /** Takes note of what is done, and waits while more than so many are not; none where 0 is given. */
    private void settle(int most) {
        for (Sent first = underWay.peek(); first != null; first = underWay.peek()) {
            boolean mustWait = most > 0 && underWay.size() >= most;
            if (!first.done().isDone() && !mustWait) {
                return;
            }
            try {
                first.done().join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof FairleadException known
                        ? known
                        : new FairleadException(ErrorCode.INTERNAL, "publishing " + name + " failed", e);
            }
            underWay.remove();
            published = Math.max(published, first.to());
        }
    }

    /** Publishes no more, and waits until the thread has ended. */
    @Override
    public void close() {
        closed = true;
        LogReader open = reader;
        if (open != null) {
            open.close();
        }
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join(PATIENCE.toMillis());
                LogReader late = reader;
                if (late != null) {
                    late.close();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
