package dev.fairlead.testkit.history;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one reader of one log has seen, and how far it said that it was. */
final class ReaderHistory {
    private final Verdict.Builder verdict;
    private final Patience patience;
    private final BitSet seen = new BitSet();
    private final Map<Long, Long> newestOfKey = new HashMap<>();
    private final NavigableMap<Long, Long> gaps = new TreeMap<>();
    private long first = Long.MAX_VALUE;
    private long began = Long.MAX_VALUE;
    private long ended = Long.MAX_VALUE;
    private long highest = -1;
    private long session = Long.MIN_VALUE;
    private long lastOfSession = -1;
    private long committed;
    private long committedBySession;

    ReaderHistory(Verdict.Builder verdict, Patience patience) {
        this.verdict = verdict;
        this.patience = patience;
    }

    void deliver(HistoryEvent event, @Nullable Sent sent) {
        verdict.delivered++;
        verdict.judges(EnumSet.of(Rule.A7, Rule.A9, Rule.A16));
        began = Math.min(began, event.nanos());
        long position = event.position();
        if (event.epoch() != session) {
            begin(event);
        } else if (position <= lastOfSession) {
            verdict.breach(Rule.A5, event, "came after position " + lastOfSession + " in one session");
        }
        lastOfSession = position;
        if (!seen.get((int) position)) {
            long newest = newestOfKey.getOrDefault(event.key(), -1L);
            if (event.sequence() <= newest) {
                verdict.breach(Rule.A7, event, "came first after sequence " + newest + " of its key");
            }
            newestOfKey.merge(event.key(), event.sequence(), Math::max);
            seen.set((int) position);
            patience.came(event, Patience.acknowledged(sent, event), began);
        }
        first = Math.min(first, position);
        highest = Math.max(highest, position);
    }

    private void begin(HistoryEvent event) {
        session = event.epoch();
        committedBySession = 0;
        if (event.position() < committed) {
            verdict.breach(Rule.A7, event, "a new session began before the committed position " + committed);
        }
    }

    void commit(HistoryEvent event) {
        verdict.judges(EnumSet.of(Rule.A8));
        if (event.position() < committedBySession || event.position() < committed) {
            verdict.breach(Rule.A8, event, "a commit went back from " + Math.max(committed, committedBySession));
        }
        if (event.position() > highest + 1) {
            verdict.breach(Rule.A8, event, "a commit went beyond the last delivered position " + highest);
        }
        committedBySession = event.position();
        committed = Math.max(committed, event.position());
    }

    /** Everything between the last delivery and the event's position was told to be missing. */
    void gap(HistoryEvent event) {
        gaps.put(highest + 1, event.position());
    }

    /** It ends here for good. */
    void end(HistoryEvent event) {
        ended = event.nanos();
    }

    /** Judges whether the acknowledged record should have come to this reader, when the history is at its end. */
    void owes(HistoryEvent acknowledged, long end, String who) {
        boolean told = acknowledged.position() < first || toldMissing(acknowledged.position());
        if (!told && !seen.get((int) acknowledged.position())) {
            patience.missing(acknowledged, Math.min(end, ended), who, acknowledged.nanos(), began);
        }
    }

    /** Whether the reader passed over the acknowledged record without being told. */
    boolean skipped(HistoryEvent acknowledged) {
        long position = acknowledged.position();
        if (position < first || position > highest || seen.get((int) position)) {
            return false;
        }
        return !toldMissing(position);
    }

    private boolean toldMissing(long position) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(position);
        return gap != null && position < gap.getValue();
    }
}
