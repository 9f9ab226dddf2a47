package dev.fairlead.engine.topic;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Topic;
import dev.fairlead.spi.TopicSubscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an owner's log: pages from the owner until it is at the end, and then what the topic brings, with pages from the owner for what the
 * topic lost. The first poll, and one after a loss, may wait for the owner's answer longer than it was told to.
 */
final class TopicLogReader implements LogReader {
    private static final int AT_ONCE = 64;
    /** Longer than two beats of the slowest owner. */
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(2500);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final Topic topic;
    private final OwnerLine line;
    private final CompletableFuture<Answer> closing = new CompletableFuture<>();
    private final Deque<FeedPage> come = new ArrayDeque<>();
    private volatile @Nullable TopicSubscription subscription;
    private volatile long next;
    /** Whether the owner has to be asked before the topic is listened to. */
    private boolean behind = true;
    /** Whether the last page went to the end of the log. A reader of single records never asks for a subscription. */
    private boolean atEnd;
    /** What a poll had no room for. */
    private @Nullable Rest rest;
    /** The bounds in the newest page; none before the first. */
    private @Nullable LogBounds bounds;
    /** When the owner gave its last sign, over whichever way. */
    private long heard;

    private record Rest(LogBatch batch, long to) {}

    TopicLogReader(String name, Topic topic, OwnerLine line, long offset) {
        this.name = name;
        this.topic = topic;
        this.line = line;
        this.next = offset;
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        long deadline = System.nanoTime() + nanos(wait);
        while (true) {
            refuseWhenClosed();
            LogBatch batch = step(maxRecords, deadline);
            if (batch != null) {
                return batch;
            }
            LogBounds known = bounds;
            if (known != null && System.nanoTime() - deadline >= 0) {
                return new LogBatch(List.of(), known, null);
            }
        }
    }

    private static long nanos(Duration wait) {
        return wait.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toNanos() : wait.toNanos();
    }

    private @Nullable LogBatch step(int most, long deadline) {
        if (rest != null) {
            return portion(rest, most);
        }
        return behind ? catchUp(most, deadline) : listen(most, deadline);
    }

    private @Nullable LogBatch catchUp(int most, long deadline) {
        try {
            if (atEnd && subscription == null) {
                subscribe(); // and one page more, for what was published before
            }
            fetchWhatHasCome();
            FeedPage page = ask(most);
            atEnd = page.to() >= page.batch().bounds().end();
            behind = !atEnd || subscription == null;
            return handOut(page, most);
        } catch (FairleadException e) {
            if (isFinal(e) || bounds == null) {
                pause(Math.max(
                        0,
                        deadline - System.nanoTime())); // so that whoever tries again at once does not do so too often
                throw e;
            }
            behind = subscription == null; // with one, the next page over the topic shows what is missing
            pause(PAUSE);
            return null;
        }
    }

    private FeedPage ask(int most) {
        FeedPage page = line.page(next, most, closing);
        heard = System.nanoTime();
        return page;
    }

    /** So that a server does not keep much for one who loads. What was published before the owner is asked stands in its answer too. */
    private void fetchWhatHasCome() {
        TopicSubscription open = subscription;
        while (open != null && receive(open, Duration.ZERO) == AT_ONCE) {
            refuseWhenClosed();
            while (come.size() > AT_ONCE) {
                come.remove();
            }
        }
    }

    private void subscribe() {
        TopicSubscription opened = topic.subscribe(name);
        subscription = opened;
        if (closing.isDone()) {
            opened.close();
        }
    }

    private @Nullable LogBatch listen(int most, long deadline) {
        FeedPage page = come.peek();
        if (page == null) {
            return await(most, deadline);
        }
        if (page.to() <= next && page.batch().beat() == null) {
            come.remove();
            return null;
        }
        if (page.from() <= next && page.whole()) {
            come.remove();
            return handOut(page, most);
        }
        return repair(page, most);
    }

    private @Nullable LogBatch await(int most, long deadline) {
        long now = System.nanoTime();
        long silentFor = now - heard;
        if (silentFor >= SILENCE) {
            return askAnyway(most);
        }
        TopicSubscription open = subscription;
        if (open != null) {
            receive(open, Duration.ofNanos(Math.clamp(deadline - now, 0, SILENCE - silentFor)));
        }
        if (!come.isEmpty()) {
            heard = System.nanoTime();
        }
        return null;
    }

    /** How many messages came. */
    private int receive(TopicSubscription open, Duration wait) {
        try {
            List<Question> messages = open.poll(AT_ONCE, wait);
            messages.forEach(message -> line.heard(message.payload()).ifPresent(come::add));
            return messages.size();
        } catch (FairleadException e) {
            if (isFinal(e)) {
                throw e;
            }
            pause(Math.min(PAUSE, wait.toNanos())); // the subscription comes back, or the owner is asked
            return 0;
        }
    }

    /** The topic is silent: the owner may have nothing to say, the topic may have died, or the owner. */
    private @Nullable LogBatch askAnyway(int most) {
        try {
            FeedPage page = ask(most);
            behind = page.to() < page.batch().bounds().end();
            return handOut(page, most);
        } catch (FairleadException e) {
            if (isFinal(e)) {
                throw e;
            }
            heard = System.nanoTime();
            return null;
        }
    }

    /** Something before the page is missing, or in it. Where the owner does not answer, the page goes on without. */
    private @Nullable LogBatch repair(FeedPage page, int most) {
        try {
            FeedPage asked = ask(most);
            behind = asked.to() < asked.batch().bounds().end();
            if (asked.to() <= next) {
                come.remove();
            }
            return handOut(asked, most);
        } catch (FairleadException e) {
            if (isFinal(e)) {
                throw e;
            }
            come.remove();
            return page.batch().records().isEmpty() ? page.batch() : handOut(page, most);
        }
    }

    private LogBatch handOut(FeedPage page, int most) {
        bounds = page.batch().bounds();
        return portion(new Rest(page.behind(next), Math.max(next, page.to())), most);
    }

    private LogBatch portion(Rest left, int most) {
        LogBatch batch = left.batch();
        List<LogRecord> records = batch.records();
        if (records.size() <= most) {
            rest = null;
            goTo(left.to());
            return batch;
        }
        LogBatch later =
                new LogBatch(records.subList(most, records.size()), batch.bounds(), batch.beat(), batch.hole());
        rest = new Rest(later, left.to());
        goTo(records.get(most - 1).offset() + 1);
        return new LogBatch(records.subList(0, most), batch.bounds(), null);
    }

    private void goTo(long offset) {
        next = offset;
        line.read(offset);
    }

    private static boolean isFinal(FairleadException failure) {
        return failure.code() == ErrorCode.CLOSED || failure.code() == ErrorCode.STORAGE_DAMAGED;
    }

    private void pause(long nanos) {
        try {
            closing.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OwnerLine.closed(name);
        } catch (ExecutionException closed) {
            throw OwnerLine.closed(name);
        }
    }

    private void refuseWhenClosed() {
        if (closing.isDone()) {
            throw OwnerLine.closed(name);
        }
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void seek(long offset) {
        next = Math.max(0, offset);
        rest = null;
        behind = true;
    }

    @Override
    public void close() {
        closing.completeExceptionally(OwnerLine.closed(name));
        TopicSubscription open = subscription;
        if (open != null) {
            open.close();
        }
    }
}
