package dev.fairlead.testkit.history;

import dev.fairlead.testkit.history.HistoryEvent.Type;
import org.jspecify.annotations.Nullable;

/** What is known of a sent record. */
final class Sent {
    /** What became of the send, or its beginning as long as nothing is known. */
    HistoryEvent last;

    /** The acknowledgement, if there was one. */
    @Nullable
    HistoryEvent acknowledgement;

    /** The highest position of its log that had been acknowledged when it was sent. */
    long after = -1;

    /** Whether anybody got it. */
    boolean seen;

    Sent(HistoryEvent first) {
        this.last = first;
    }

    boolean failed() {
        return last.type() == Type.FAIL;
    }

    boolean removal() {
        return last.checksum() == HistoryEvent.REMOVAL;
    }
}
