package dev.fairlead.testkit.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Judges A16: by when something is owed, in a history whose faults end at a told moment. */
final class Patience {
    private final Verdict.Builder verdict;
    private final long nanos;
    private long healed = Long.MIN_VALUE;
    private boolean isDisturbed;

    Patience(Verdict.Builder verdict, Duration patience) {
        this.verdict = verdict;
        this.nanos = patience.toNanos();
    }

    void disturbed(HistoryEvent event) {
        isDisturbed = event.type() == HistoryEvent.Type.INVOKE;
        healed = event.nanos();
    }

    /** Judges what came now and is owed since the latest of the moments, or since all faults were over. */
    void came(HistoryEvent event, long... since) {
        overdue(event, event.nanos(), "came", since);
    }

    /** Judges what never came up to the end of the history. */
    void missing(HistoryEvent owed, long end, String who, long... since) {
        overdue(owed, end, who + " had not got it", since);
    }

    private void overdue(HistoryEvent event, long now, String what, long... since) {
        long begin = healed;
        for (long moment : since) {
            begin = Math.max(begin, moment);
        }
        if (!isDisturbed && now - begin > nanos) {
            verdict.breach(
                    Rule.A16,
                    event,
                    what + " " + (now - begin) / 1_000_000 + " ms after it was owed, the limit is "
                            + nanos / 1_000_000);
        }
    }

    /** When the send was acknowledged; what was not is owed to nobody yet. */
    static long acknowledged(@Nullable Sent sent, HistoryEvent otherwise) {
        HistoryEvent acknowledgement = sent == null ? null : sent.acknowledgement;
        return acknowledgement == null ? otherwise.nanos() : acknowledgement.nanos();
    }
}
