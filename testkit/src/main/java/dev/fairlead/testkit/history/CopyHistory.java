package dev.fairlead.testkit.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one copy of an item was told, and what it holds in the end. Judges A13. */
final class CopyHistory {
    private final Verdict.Builder verdict;
    private final BitSet seen = new BitSet();
    private final Map<Long, Long> versions = new HashMap<>();
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private final List<HistoryEvent> marks = new ArrayList<>();
    private final Map<Long, HistoryEvent> held = new HashMap<>();
    private long session = Long.MIN_VALUE;
    private long last = -1;
    private long loaded;
    private long marked;
    private long highest;
    private boolean listed;

    CopyHistory(Verdict.Builder verdict) {
        this.verdict = verdict;
    }

    /** The copy was loaded anew: what it holds is the fold of everything below. */
    void snapshot(HistoryEvent event) {
        verdict.judges(EnumSet.of(Rule.A13));
        if (event.position() < marked) {
            breach(event, "resumable", "was loaded from before its bookmark " + marked);
        }
        if (highest < event.position()) {
            gaps.put(highest, event.position());
        }
        begin(event);
        loaded = Math.max(loaded, event.position());
        highest = Math.max(highest, event.position());
        marks.add(event);
    }

    void watch(HistoryEvent event) {
        verdict.judges(EnumSet.of(Rule.A13));
        boolean resumed = event.epoch() != session;
        if (resumed) {
            begin(event);
        } else if (event.position() <= last) {
            String which = event.position() == last ? "unique" : "ordered";
            breach(event, which, "came after position " + last + " in one session");
        }
        if (event.position() < Math.max(marked, loaded)) {
            String which = resumed ? "resumable" : "bookmarkable";
            breach(event, which, "came though everything below " + Math.max(marked, loaded) + " was there");
        }
        long version = versions.getOrDefault(event.key(), -1L);
        if (event.sequence() <= version && !seen.get((int) event.position())) {
            breach(event, "ordered", "came after version " + version + " of its key");
        }
        versions.merge(event.key(), event.sequence(), Math::max);
        seen.set((int) event.position());
        last = event.position();
        highest = Math.max(highest, event.position() + 1);
    }

    private void begin(HistoryEvent event) {
        session = event.epoch();
        last = -1;
    }

    void bookmark(HistoryEvent event) {
        if (event.position() < marked) {
            breach(event, "bookmarkable", "is below the bookmark " + marked);
        }
        marked = Math.max(marked, event.position());
        highest = Math.max(highest, event.position());
        marks.add(event);
    }

    /** Everything from the last change on to the position was told to be missing. */
    void gap(HistoryEvent event) {
        gaps.put(highest, event.position());
        highest = Math.max(highest, event.position());
    }

    void holds(HistoryEvent event) {
        listed = true;
        if (event.type() == HistoryEvent.Type.INVOKE) {
            held.clear();
        } else {
            held.put(event.key(), event);
        }
    }

    /** Judges the copy when the history is at its end. */
    void end(SentRecords records, int item) {
        List<Sent> acknowledged = records.acknowledged(item);
        atomic(records.transactions(item));
        acknowledged.forEach(this::reliable);
        if (listed) {
            fold(records, acknowledged);
        }
    }

    private void atomic(List<List<Sent>> transactions) {
        TreeMap<Long, Long> spans = new TreeMap<>();
        for (List<Sent> transaction : transactions) {
            long first = Long.MAX_VALUE;
            long until = -1;
            for (Sent each : transaction) {
                if (each.acknowledgement != null) {
                    first = Math.min(first, SentRecords.position(each));
                    until = Math.max(until, SentRecords.position(each));
                }
            }
            spans.put(first, until);
        }
        for (HistoryEvent mark : marks) {
            Map.Entry<Long, Long> around = spans.lowerEntry(mark.position());
            if (around != null && around.getValue() >= mark.position()) {
                breach(mark, "atomic", "cuts the transaction from " + around.getKey() + " to " + around.getValue());
            }
        }
    }

    /** A change may be left out only when a newer one of its key came, or its loss was told. */
    private void reliable(Sent sent) {
        HistoryEvent event = sent.last;
        if (event.position() >= highest || seen.get((int) event.position())) {
            return;
        }
        Map.Entry<Long, Long> gap = gaps.floorEntry(event.position());
        boolean told = gap != null && event.position() < gap.getValue();
        if (!told && versions.getOrDefault(event.key(), -1L) <= event.sequence()) {
            breach(event, "reliable", "was passed over in silence");
        }
    }

    private void fold(SentRecords records, List<Sent> acknowledged) {
        Map<Long, Sent> newest = new HashMap<>();
        for (Sent each : acknowledged) {
            newest.merge(
                    each.last.key(), each, (one, other) -> one.last.sequence() > other.last.sequence() ? one : other);
        }
        held.forEach((key, holds) -> holds(records, holds, newest.remove(key)));
        newest.values().stream()
                .filter(wanted -> !wanted.removal())
                .forEach(wanted -> breach(wanted.last, "fold", "is not held in the end"));
    }

    private void holds(SentRecords records, HistoryEvent holds, @Nullable Sent newest) {
        Sent written = records.of(RecordId.of(holds));
        boolean unknown = written != null && written.last.type() == HistoryEvent.Type.INFO;
        boolean right = newest == null
                ? unknown
                : holds.sequence() == newest.last.sequence() || (unknown && holds.sequence() > newest.last.sequence());
        if (!right || written == null || written.removal()) {
            String wanted = newest == null ? "nothing" : "version " + newest.last.sequence();
            breach(holds, "fold", "is held, where " + wanted + " is the newest that was acknowledged");
        } else if (holds.checksum() != HistoryEvent.checksum(holds.item(), holds.key(), holds.sequence())) {
            breach(holds, "fold", "is held with another value");
        }
    }

    private void breach(HistoryEvent event, String which, String what) {
        verdict.breach(Rule.A13, event, which + ": " + what);
    }
}
