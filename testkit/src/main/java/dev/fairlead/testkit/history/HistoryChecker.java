package dev.fairlead.testkit.history;

import dev.fairlead.testkit.history.HistoryEvent.Function;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Judges a history by the rules {@link Rule}: first what was sent, then what each reader, group, copy and asker saw of it.
 *
 * <p>A loss of the last records shows only when the readers were given the time to read to the end before the history was closed.
 * A record's sequence grows with its key's writes; of a state item it is the version.
 */
public final class HistoryChecker {
    /** How long what is owed may take, counted from the end of all faults. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Verdict.Builder verdict = new Verdict.Builder();
    private final Patience patience;
    private final SentRecords sent = new SentRecords(verdict);
    private final Map<Reader, ReaderHistory> readers = new HashMap<>();
    private final Map<Reader, CopyHistory> copies = new HashMap<>();
    private final Map<Group, GroupHistory> groups = new HashMap<>();
    private final QuestionHistory questions;

    private record Reader(int process, int item) {}

    private record Group(int group, int item) {}

    private HistoryChecker(Duration patience) {
        this.patience = new Patience(verdict, patience);
        this.questions = new QuestionHistory(verdict, this.patience);
    }

    /** Judges the events of one history, in their order. */
    public static Verdict check(List<HistoryEvent> events) {
        return check(events, PATIENCE);
    }

    /** Judges the events of one history, in their order, with another limit for what is owed. */
    public static Verdict check(List<HistoryEvent> events, Duration patience) {
        HistoryChecker checker = new HistoryChecker(patience);
        events.stream().filter(event -> event.function() == Function.SEND).forEach(checker.sent::send);
        events.stream().filter(event -> event.function() != Function.SEND).forEach(checker::take);
        if (!events.isEmpty()) {
            checker.end(events.getLast().nanos());
        }
        return checker.verdict.build();
    }

    private void take(HistoryEvent event) {
        switch (event.function()) {
            case DELIVER -> reader(event).deliver(event, sent.seen(event));
            case REVOKE -> reader(event).end(event);
            case EFFECT -> effect(event);
            case PARK, DISMISS -> setAside(event);
            case ASSIGN -> group(event).assign(event);
            case COMMIT -> commit(event);
            case GAP -> gap(event);
            case WATCH -> {
                sent.seen(event);
                copy(event).watch(event);
            }
            case SNAPSHOT -> copy(event).snapshot(event);
            case BOOKMARK -> copy(event).bookmark(event);
            case HOLD -> copy(event).holds(event);
            case ASK -> questions.ask(event);
            case ANSWER -> questions.answer(event);
            case HEAL -> patience.disturbed(event);
            case HOLES -> group(event).positionsHaveHoles();
            case SEND -> throw new IllegalStateException("sends are judged before");
        }
    }

    private void effect(HistoryEvent event) {
        group(event).effect(event, sent.seen(event));
    }

    private void setAside(HistoryEvent event) {
        sent.seen(event);
        if (event.function() == Function.PARK) {
            group(event).park(event);
        } else {
            group(event).dismiss(event);
        }
    }

    private void commit(HistoryEvent event) {
        if (event.group() == 0) {
            reader(event).commit(event);
        } else {
            group(event).commit(event);
        }
    }

    private void gap(HistoryEvent event) {
        CopyHistory copy = copies.get(new Reader(event.process(), event.item()));
        if (copy == null) {
            reader(event).gap(event);
        } else {
            copy.gap(event);
        }
    }

    private ReaderHistory reader(HistoryEvent event) {
        return readers.computeIfAbsent(
                new Reader(event.process(), event.item()), none -> new ReaderHistory(verdict, patience));
    }

    private CopyHistory copy(HistoryEvent event) {
        return copies.computeIfAbsent(new Reader(event.process(), event.item()), none -> new CopyHistory(verdict));
    }

    private GroupHistory group(HistoryEvent event) {
        return groups.computeIfAbsent(
                new Group(event.group(), event.item()), none -> new GroupHistory(verdict, patience));
    }

    private void end(long now) {
        Set<Integer> folded = new HashSet<>();
        copies.forEach((copy, history) -> {
            folded.add(copy.item());
            history.end(sent, copy.item());
        });
        groups.forEach((group, history) -> history.end(sent.acknowledged(group.item())));
        questions.end();
        sent.end();
        for (Integer item : sent.items()) {
            for (Sent record : sent.acknowledged(item)) {
                end(record, folded.contains(item), now);
            }
        }
    }

    /** Of an item that is only copied, a superseded record need not be seen by anybody: there A13 judges. */
    private void end(Sent record, boolean folded, long now) {
        HistoryEvent event = Objects.requireNonNull(record.acknowledgement);
        if (!record.seen && !folded) {
            verdict.breach(Rule.A1, event, "was acknowledged and never delivered");
        }
        readers.forEach((reader, history) -> {
            if (reader.item() == event.item()) {
                if (history.skipped(event)) {
                    verdict.breach(Rule.A9, event, "was skipped by process " + reader.process());
                }
                history.owes(event, now, "process " + reader.process());
            }
        });
    }
}
