package dev.fairlead.engine.transaction;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.OutboxStatistics;
import dev.fairlead.api.Subscription;
import dev.fairlead.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Moves the committed events of one outbox to the item's log, on a thread of its own, while it leads.
 *
 * <p>The lead is a lease in the database with an epoch: a mark of an older epoch removes nothing. Whoever gets the lead claims the
 * log, so that an older relay appends nothing any more, and only then reads from the log what was published. What an older relay
 * appended without marking it is so recognised, whenever that relay stopped.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());
    private static final Duration FORGET = Duration.ofMinutes(1);
    private static final int HOPELESS = 20;

    /** The item's log, as a relay sees it. */
    public interface Publisher {
        /** Makes this the one writer of the log; returns at once, the future completes when it is, and has read the log. */
        CompletableFuture<?> claim();

        /** The stamp of the key's newest event in the log that came from an outbox; null when there is none. */
        @Nullable
        OutboxStamp newest(byte[] key);

        /** Appends; the future completes when it is durable. */
        CompletableFuture<?> publish(OutboxRow row);

        /** Takes out of the log what the published erasures erase; returns at once, the future completes when it is gone. */
        CompletableFuture<?> erase();
    }

    private final String item;
    private final OutboxTables tables;
    private final OutboxSettings settings;
    private final Publisher publisher;
    private final TimeSource time;
    private final String holder = UUID.randomUUID().toString();
    private final Looks looks;
    private final LongAdder published = new LongAdder();
    private final LongAdder recognised = new LongAdder();
    private final ReentrantLock looking = new ReentrantLock();
    private final Condition lookEnded = looking.newCondition();
    private volatile @Nullable Long epoch;
    private volatile long held;
    private volatile long pending;
    private volatile String failure = "";
    private volatile int failures;
    private volatile Subscription watch = () -> {};
    private long renewed;
    private long forgotten;

    public OutboxRelay(
            String item,
            String name,
            OutboxTables tables,
            OutboxSettings settings,
            Publisher publisher,
            TimeSource time) {
        this.item = item;
        this.tables = tables;
        this.settings = settings;
        this.publisher = publisher;
        this.time = time;
        this.forgotten = time.nanos();
        this.looks = new Looks(name, settings.poll(), time, this::guardedLook, this::stepDown);
    }

    /** Takes what is to be closed before the relay ends; to be called before its start. */
    public void onClose(Subscription watching) {
        this.watch = watching;
    }

    public void start() {
        looks.start();
    }

    private boolean guardedLook() {
        boolean more = false;
        try {
            more = look();
            failure = "";
            failures = 0;
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        looked();
        return more;
    }

    private void fail(Throwable e) {
        if (failure.isEmpty() && !looks.isClosed()) {
            LOG.log(System.Logger.Level.WARNING, () -> "the relay of " + item + " tries again", e);
        }
        failure = String.valueOf(e.getMessage());
        failures++;
        if (e instanceof FairleadException known && known.code() == ErrorCode.FENCED) {
            stepDown();
        }
    }

    /** One look at the outbox; true when there may be more at once. */
    private boolean look() {
        pending = tables.pending(settings.limit());
        if (epoch == null && !takeLead()) {
            return false;
        }
        List<OutboxRow> rows = tables.read();
        if (!rows.isEmpty() && tables.showsBeforeItKeeps()) {
            mark(List.of()); // after this commit, those that were read are kept as well
        }
        Page page = publish(rows);
        List<OutboxRow> done = page.done();
        boolean late = time.nanos() - renewed > settings.lease().toNanos() / 3;
        boolean holdsAnew = held == 0 && !page.held().isEmpty();
        if (!done.isEmpty() || late || holdsAnew) {
            mark(done);
        }
        if (holdsAnew) { // only now: to one that was replaced meanwhile everything seems to be missing
            tellHeld(page.held().getFirst());
        }
        held = page.held().size();
        if (time.nanos() - forgotten > FORGET.toNanos()) {
            forgotten = time.nanos();
            tables.forgetKeys(settings.keysKept());
        }
        return !done.isEmpty();
    }

    private boolean takeLead() {
        OptionalLong taken = tables.lead(holder, settings.lease());
        if (taken.isEmpty()) {
            return false;
        }
        epoch = taken.getAsLong();
        boolean claimed = false;
        try {
            leadDuring(publisher.claim());
            mark(List.of());
            claimed = true;
        } finally {
            if (!claimed) {
                stepDown(); // the next look claims anew
            }
        }
        LOG.log(System.Logger.Level.INFO, () -> "relays the outbox of " + item + " with epoch " + taken.getAsLong());
        return true;
    }

    private void mark(List<OutboxRow> done) {
        Long led = epoch;
        if (led == null || !tables.mark(led, settings.lease(), done)) {
            throw new FairleadException(
                    ErrorCode.FENCED,
                    "another instance relays the outbox of " + item + " now (epoch " + led + " is over)");
        }
        renewed = time.nanos();
        pending = Math.max(0, pending - done.size());
    }

    private void tellHeld(OutboxRow row) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> "the outbox of " + item + " holds version " + row.stamp().version()
                        + " of a key whose version before it is missing; the key waits (was a row deleted by hand?)");
    }

    /** @param done stands in the log, and can be removed */
    private record Page(List<OutboxRow> done, List<OutboxRow> held) {}

    private Page publish(List<OutboxRow> rows) {
        List<OutboxRow> done = new ArrayList<>(rows.size());
        List<OutboxRow> kept = new ArrayList<>();
        List<CompletableFuture<?>> appended = new ArrayList<>(rows.size());
        Set<String> waiting = new HashSet<>();
        for (OutboxRow row : rows) {
            switch (step(row, waiting)) {
                case PUBLISH -> {
                    appended.add(publisher.publish(row));
                    done.add(row);
                }
                case RECOGNISED -> {
                    recognised.increment();
                    done.add(row);
                }
                case HOLD -> kept.add(row);
            }
        }
        appended.forEach(OutboxRelay::await);
        if (done.stream().anyMatch(OutboxRow::erases)) {
            leadDuring(publisher.erase());
        }
        published.add(appended.size());
        return new Page(done, kept);
    }

    /** Waits for what may take longer than the lease. */
    private void leadDuring(CompletableFuture<?> work) {
        long third = Math.max(1, settings.lease().toMillis() / 3);
        boolean over = false;
        while (!over) {
            over = work.handle((done, failed) -> true)
                    .completeOnTimeout(false, third, TimeUnit.MILLISECONDS)
                    .join();
            if (!over) {
                mark(List.of());
            }
        }
        await(work);
    }

    private enum Step {
        PUBLISH,
        RECOGNISED,
        HOLD
    }

    private Step step(OutboxRow row, Set<String> waiting) {
        String key = new String(row.key(), StandardCharsets.ISO_8859_1);
        OutboxStamp newest = publisher.newest(row.key());
        if (row.erases()) {
            waiting.remove(key); // whatever is missing before it is erased as well
        } else if (waiting.contains(key) || (newest != null && row.stamp().version() > newest.version() + 1)) {
            waiting.add(key);
            return Step.HOLD;
        }
        return newest != null && row.stamp().version() <= newest.version() && isRepetition(row, newest)
                ? Step.RECOGNISED
                : Step.PUBLISH;
    }

    /**
     * A row that is not newer than what the log has was published before, if that newest one waits behind it to be marked too, since marks
     * are made in order. Else the key's versions began anew or went back, because its row was forgotten or set back by the database.
     */
    private boolean isRepetition(OutboxRow row, OutboxStamp newest) {
        return row.stamp().equals(newest) || tables.holdsBehind(row, newest);
    }

    private static void await(CompletableFuture<?> appended) {
        try {
            appended.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known ? known : e;
        }
    }

    private void stepDown() {
        Long led = epoch;
        epoch = null;
        if (led != null) {
            try {
                tables.leave(led);
            } catch (FairleadException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "the lead of the outbox of " + item + " ends by its lease",
                        e);
            }
        }
    }

    /**
     * Erases the key: drops its events that wait, and lets the relay that leads tell the log, and take its content out of there. Waits
     * until that is done, whichever instance does it.
     */
    public void erase(byte[] key, byte[] origin) {
        refuseWhenClosed();
        OutboxStamp erasure = tables.erase(key, origin);
        wake();
        while (tables.holds(key, erasure)) {
            boolean closed = looks.isClosed();
            if (closed || failures >= HOPELESS) {
                throw new FairleadException(
                        closed ? ErrorCode.CLOSED : ErrorCode.UNREACHABLE,
                        "the erasure of a key waits in the outbox of " + item
                                + (closed ? ", which was closed" : ", and the relay does not get on: " + failure)
                                + " (it is finished by itself when the outbox is relayed again)");
            }
            awaitLook();
        }
    }

    private void awaitLook() {
        looking.lock();
        try {
            if (!lookEnded.await(settings.poll().toNanos(), TimeUnit.NANOSECONDS)) {
                wake();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "interrupted while an erasure waited in the outbox of " + item + " (it is finished by itself)",
                    e);
        } finally {
            looking.unlock();
        }
    }

    private void looked() {
        looking.lock();
        try {
            lookEnded.signalAll();
        } finally {
            looking.unlock();
        }
    }

    private void refuseWhenClosed() {
        if (looks.isClosed()) {
            throw new FairleadException(ErrorCode.CLOSED, "the outbox of " + item + " is closed");
        }
    }

    /** Fails when the outbox has no room for more events. */
    public void requireRoom() {
        refuseWhenClosed();
        if (pending >= settings.limit()) {
            throw new FairleadException(
                    ErrorCode.STORAGE_FULL,
                    "the outbox of " + item + " holds " + settings.limit() + " unpublished events or more"
                            + (failure.isEmpty() ? "" : "; the last attempt to publish: " + failure)
                            + " (see why nothing is published, or allow more)");
        }
    }

    public void wake() {
        looks.wake();
    }

    public String item() {
        return item;
    }

    public boolean isClosed() {
        return looks.isClosed();
    }

    public OutboxStatistics statistics() {
        return new OutboxStatistics(
                tables.pending(Integer.MAX_VALUE),
                tables.oldest(),
                published.sum(),
                recognised.sum(),
                held,
                epoch != null,
                failure);
    }

    /** Waits a while for the work in hand. */
    @Override
    public void close() {
        watch.close();
        looks.close();
    }
}
