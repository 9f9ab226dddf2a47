package dev.fairlead.engine.transaction;

import dev.fairlead.api.InboxStatistics;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Looks after the inbox of one group now and then: forgets the keys of which nothing can come again, and counts the others. */
public final class InboxKeeper implements AutoCloseable {
    /** Counting reads all rows of the group, so that it is not done for each reading of a meter. */
    private static final Duration APART = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(InboxKeeper.class.getName());

    private final Inbox inbox;
    private final Looks looks;
    private final LongAdder forgotten = new LongAdder();
    private volatile Inbox.Fill fill = Inbox.Fill.NONE;
    private volatile String failure = "";

    /** @param group as its threads name it */
    public InboxKeeper(String group, Inbox inbox, TimeSource time) {
        this.inbox = inbox;
        this.looks = new Looks("fairlead " + group + " inbox", APART, time, this::look, () -> {});
    }

    public void start() {
        looks.start();
    }

    private boolean look() {
        try {
            Inbox.Fill found = inbox.fill();
            fill = forget(found) ? inbox.fill() : found;
            failure = "";
        } catch (RuntimeException | Error e) {
            if (failure.isEmpty() && !looks.isClosed()) {
                LOG.log(System.Logger.Level.WARNING, () -> inbox + " cannot be looked after, which is tried again", e);
            }
            failure = String.valueOf(e.getMessage());
        }
        return false;
    }

    /** Forgets all that may be forgotten, a part in each transaction; returns whether that was anything. */
    private boolean forget(Inbox.Fill found) {
        boolean any = false;
        int gone = Inbox.FORGET_AT_ONCE;
        while (gone == Inbox.FORGET_AT_ONCE && !looks.isClosed()) {
            gone = inbox.forget(found);
            forgotten.add(gone);
            any |= gone > 0;
        }
        return any;
    }

    public InboxStatistics statistics() {
        Inbox.Fill last = fill;
        return new InboxStatistics(last.keys(), last.oldest(), inbox.repeated(), forgotten.sum(), failure);
    }

    @Override
    public void close() {
        looks.close();
    }
}
