package dev.fairlead.testkit.history;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What one reader of one log has seen, and how far it said that it was. */
final class ReaderHistory {
    private final Verdict.Builder verdict;
    private final BitSet seen = new BitSet();
    private final Map<Long, Long> newestOfKey = new HashMap<>();
    private final NavigableMap<Long, Long> gaps = new TreeMap<>();
    private long first = Long.MAX_VALUE;
    private long highest = -1;
    private long session = Long.MIN_VALUE;
    private long lastOfSession = -1;
    private long committed;
    private long committedBySession;

    ReaderHistory(Verdict.Builder verdict) {
        this.verdict = verdict;
    }

    void deliver(HistoryEvent event) {
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

    /** Whether the reader passed over the acknowledged record without being told. */
    boolean skipped(HistoryEvent acknowledged) {
        long position = acknowledged.position();
        if (position < first || position > highest || seen.get((int) position)) {
            return false;
        }
        Map.Entry<Long, Long> gap = gaps.floorEntry(position);
        return gap == null || position >= gap.getValue();
    }
}
