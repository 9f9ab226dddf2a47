package dev.fairlead.testkit.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one group of followers did with the records of one log. Judges A7, A8, A10, A11, A15 and A16 for it. */
final class GroupHistory {
    private final Verdict.Builder verdict;
    private final Patience patience;
    private final Map<RecordId, Handling> handled = new HashMap<>();
    private final Map<Long, KeyState> keys = new HashMap<>();
    private final BitSet done = new BitSet();
    private final List<Owed> owed = new ArrayList<>();
    private boolean hasHoles;
    private long assigned = Long.MIN_VALUE;
    private long committed;
    private long began = Long.MAX_VALUE;

    /** What became of one record. */
    private static final class Handling {
        private final int position;
        private int effects;
        private boolean maybe;
        private boolean parked;
        private boolean parkedInTheEnd;
        private boolean dismissed;

        Handling(int position) {
            this.position = position;
        }
    }

    /** Up to where a key is. */
    private static final class KeyState {
        private long newest = -1;
        private long epoch = Long.MIN_VALUE;
    }

    /** A record below a commit that had no effect by then, and so must have been set aside. */
    private record Owed(int position, HistoryEvent commit) {}

    GroupHistory(Verdict.Builder verdict, Patience patience) {
        this.verdict = verdict;
        this.patience = patience;
    }

    /** From now on a position is only owed when a record is known to stand there. */
    void positionsHaveHoles() {
        hasHoles = true;
    }

    void assign(HistoryEvent event) {
        assigned = Math.max(assigned, event.epoch());
    }

    /** A record took effect; only one that is known for certain counts. */
    void effect(HistoryEvent event, @Nullable Sent sent) {
        verdict.judges(EnumSet.of(Rule.A7, Rule.A10, Rule.A11, Rule.A15, Rule.A16));
        began = Math.min(began, event.nanos());
        Handling handling = of(event);
        if (event.type() == HistoryEvent.Type.INFO) {
            handling.maybe = true;
            return;
        }
        KeyState key = keys.computeIfAbsent(event.key(), none -> new KeyState());
        if (event.epoch() < Math.max(assigned, key.epoch)) {
            verdict.breach(
                    Rule.A11,
                    event,
                    "took effect under epoch " + event.epoch() + " after " + Math.max(assigned, key.epoch));
        }
        key.epoch = Math.max(key.epoch, event.epoch());
        if (handling.dismissed) {
            verdict.breach(Rule.A15, event, "took effect after it was dropped");
        }
        if (handling.effects == 0) {
            first(event, sent, key, handling);
        } else {
            verdict.breach(Rule.A10, event, "took effect again");
            if (event.position() < committed) {
                verdict.breach(Rule.A7, event, "came again though everything below " + committed + " was committed");
            }
        }
        handling.effects++;
        done.set((int) event.position());
    }

    private void first(HistoryEvent event, @Nullable Sent sent, KeyState key, Handling handling) {
        if (event.sequence() <= key.newest) {
            verdict.breach(Rule.A7, event, "came first after sequence " + key.newest + " of its key");
        }
        key.newest = Math.max(key.newest, event.sequence());
        if (!handling.parked) {
            patience.came(event, Patience.acknowledged(sent, event), began);
        }
    }

    void park(HistoryEvent event) {
        verdict.judges(EnumSet.of(Rule.A15));
        Handling handling = of(event);
        handling.parked = true;
        handling.parkedInTheEnd |= event.type() == HistoryEvent.Type.OK;
    }

    void dismiss(HistoryEvent event) {
        of(event).dismissed = true;
    }

    private Handling of(HistoryEvent event) {
        return handled.computeIfAbsent(RecordId.of(event), none -> new Handling((int) event.position()));
    }

    void commit(HistoryEvent event) {
        verdict.judges(EnumSet.of(Rule.A8));
        if (event.position() < committed) {
            verdict.breach(Rule.A8, event, "a commit went back from " + committed);
        }
        for (long position = committed; position < event.position(); position++) {
            if (!done.get((int) position)) {
                owed.add(new Owed((int) position, event));
            }
        }
        committed = Math.max(committed, event.position());
    }

    /** Judges the group when the history is at its end; the placed records are all of its log that were acknowledged. */
    void end(List<Sent> acknowledged) {
        BitSet aside = new BitSet();
        for (Handling handling :
                handled.values()) { // also of records of which nobody knew at first that they were written
            if (handling.position >= 0 && (handling.parked || handling.dismissed || handling.maybe)) {
                aside.set(handling.position);
            }
        }
        BitSet standing = new BitSet();
        for (Sent sent : acknowledged) {
            HistoryEvent event = sent.last;
            standing.set((int) event.position());
            Handling handling = handled.get(RecordId.of(event));
            if (handling == null) {
                verdict.breach(Rule.A15, event, "is neither handled nor set aside nor dropped");
                continue;
            }
            settled(event, handling);
        }
        for (Owed one : owed) {
            boolean isOwed = !hasHoles || standing.get(one.position());
            if (isOwed && !aside.get(one.position())) {
                verdict.breach(
                        Rule.A8,
                        one.commit(),
                        "position " + one.position() + " was neither handled nor set aside then");
            }
        }
    }

    private void settled(HistoryEvent event, Handling handling) {
        if (handling.effects > 0 && handling.parkedInTheEnd) {
            verdict.breach(Rule.A15, event, "was handled and is still set aside");
        }
        if (handling.dismissed && handling.parkedInTheEnd) {
            verdict.breach(Rule.A15, event, "was dropped and is still set aside");
        }
        if (handling.effects == 0 && !handling.maybe && !handling.parkedInTheEnd && !handling.dismissed) {
            verdict.breach(Rule.A15, event, "was set aside and is nowhere now");
        }
    }
}
