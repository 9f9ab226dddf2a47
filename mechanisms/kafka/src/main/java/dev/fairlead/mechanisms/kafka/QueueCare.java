package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done about a queue from time to time: leases that are over, messages that become due, a beginning of the journal that nobody
 * needs. On the journal's thread, but for {@link #leased}.
 *
 * <p>The opening that holds a message ends its lease to the nanosecond. The others do so as well, a while later, for the case that it died.
 */
final class QueueCare {
    private static final long OTHERS_WAIT = Duration.ofSeconds(5).toNanos();
    /** A jump of the wall clock is noticed within this time. */
    private static final Duration LONGEST_WATCH = Duration.ofSeconds(30);

    private static final long WORTH_TRIMMING = 20_000;

    private final QueueJournal journal;
    private final TimeSource time;
    private final Runnable wake;
    private TimeSource.@Nullable Alarm expiry;
    private TimeSource.@Nullable Alarm due;
    private @Nullable Instant dueAt;
    private volatile boolean early;
    private volatile boolean looking = true;
    private volatile long expires = QueuedMessage.OPEN;
    private long newest;
    private long trimmed;

    QueueCare(QueueJournal journal, TimeSource time, Runnable wake) {
        this.journal = journal;
        this.time = time;
        this.wake = wake;
    }

    /** A step was read, under the journal's lock; what was taken here for somebody gets its lease when that has got it. */
    void noted(QueueState.Effect effect, UUID by, boolean awaited) {
        boolean own = by.equals(journal.self());
        for (QueuedMessage message : effect.took()) {
            newest = Math.max(newest, message.takenAt);
            if (!own) {
                message.expires = time.nanos() + message.lease + OTHERS_WAIT;
                looking = true;
            } else if (!awaited) {
                message.expires = time.nanos(); // whoever wanted it has given up
                looking = true;
            }
        }
    }

    /** What was held when the journal was read first has been held for a while, by the broker's clock. */
    void begin(QueueState state) {
        for (QueuedMessage message : state.held()) {
            long age = Duration.ofMillis(Math.max(0, newest - message.takenAt)).toNanos();
            message.expires = time.nanos() + Math.max(0, message.lease - age) + OTHERS_WAIT;
        }
        looking = true;
    }

    /** Somebody here has got the message, under the journal's lock; its lease begins. */
    void leased(QueuedMessage message, long taken) {
        message.expires = taken + message.lease;
        if (expires == QueuedMessage.OPEN || message.expires - expires < 0) {
            looking = true;
            wake.run();
        }
    }

    void look() {
        long now = time.nanos();
        if (looking || (expires != QueuedMessage.OPEN && now - expires >= 0)) {
            looking = false;
            endLeases(now);
        }
        journal.look(QueueState::nextDue).ifPresent(this::awaitDue);
        trim();
    }

    private void endLeases(long now) {
        List<QueueStep.Hold> over = new ArrayList<>();
        long next = journal.look(state -> {
            long first = QueuedMessage.OPEN;
            for (QueuedMessage message : state.held()) {
                if (message.expires == QueuedMessage.OPEN) {
                    continue;
                }
                if (message.expires - now <= 0) {
                    over.add(message.hold());
                    message.expires = now + OTHERS_WAIT; // should the step get lost
                }
                first = first == QueuedMessage.OPEN || message.expires - first < 0 ? message.expires : first;
            }
            expires = first;
            return first;
        });
        if (!over.isEmpty()) {
            journal.takeQuietly(new QueueStep.Expire(over));
        }
        if (expiry != null) {
            expiry.cancel();
        }
        expiry = next == QueuedMessage.OPEN ? null : time.at(next, wake);
    }

    private void awaitDue(Instant next) {
        if (next.equals(dueAt) && !early) {
            return;
        }
        if (due != null) {
            due.cancel();
        }
        dueAt = next;
        early = false;
        due = time.at(time.momentOf(next, LONGEST_WATCH), () -> {
            early = time.now().isBefore(next);
            journal.signal();
        });
    }

    /** Takes away what nobody needs to know any more. */
    private void trim() {
        long next = journal.next();
        long needed = journal.look(state -> state.neededFrom(next));
        if (needed - trimmed >= WORTH_TRIMMING) {
            trimmed = needed;
            journal.opening()
                    .cluster()
                    .admin()
                    .deleteRecords(Map.of(journal.topic().partition(), RecordsToDelete.beforeOffset(needed)));
        } else if (next - trimmed >= 2 * WORTH_TRIMMING && journal.look(state -> state.wantsKeep(next))) {
            trimmed = next - WORTH_TRIMMING; // not again soon
            journal.takeQuietly(new QueueStep.Keep(next, journal.look(QueueState::dismissals)));
        }
    }

    void close() {
        if (expiry != null) {
            expiry.cancel();
        }
        if (due != null) {
            due.cancel();
        }
    }
}
