package dev.fairlead.testkit.history;

import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges a history by the rules {@link Rule}: first what was sent, then what each reader saw of it.
 *
 * <p>A loss of the last records shows only when the readers were given the time to read to the end before the history was closed.
 */
public final class HistoryChecker {
    private final Verdict.Builder verdict = new Verdict.Builder();
    private final Map<RecordId, Sent> sent = new HashMap<>();
    private final Map<Place, RecordId> places = new HashMap<>();
    private final Map<Integer, Long> acknowledgedUpTo = new HashMap<>();
    private final Map<Reader, ReaderHistory> readers = new HashMap<>();

    /** What a record is called. */
    record RecordId(int item, long key, long sequence) {}

    private record Place(int item, long position) {}

    private record Reader(int process, int item) {}

    /** What is known of a sent record. */
    static final class Sent {
        private Type outcome = Type.INVOKE;
        private long after = -1;
        private boolean delivered;

        boolean acknowledged() {
            return outcome == Type.OK;
        }
    }

    private HistoryChecker() {}

    /** Judges the events of one history, in their order. */
    public static Verdict check(List<HistoryEvent> events) {
        HistoryChecker checker = new HistoryChecker();
        events.stream().filter(event -> event.function() == Function.SEND).forEach(checker::send);
        events.stream().filter(event -> event.function() != Function.SEND).forEach(checker::read);
        checker.end(events);
        return checker.verdict.build();
    }

    private void send(HistoryEvent event) {
        RecordId id = id(event);
        Sent record = sent.computeIfAbsent(id, none -> new Sent());
        if (event.type() == Type.INVOKE) {
            record.after = acknowledgedUpTo.getOrDefault(event.item(), -1L);
            return;
        }
        record.outcome = event.type();
        if (event.type() == Type.INFO) {
            verdict.unknown++;
        }
        if (event.type() == Type.OK) {
            verdict.acknowledged++;
            placed(event, id);
            if (event.position() <= record.after) {
                verdict.breach(Rule.A6, event, "was sent after position " + record.after + " had been acknowledged");
            }
            acknowledgedUpTo.merge(event.item(), event.position(), Math::max);
        }
    }

    private void placed(HistoryEvent event, RecordId id) {
        RecordId before = places.putIfAbsent(new Place(event.item(), event.position()), id);
        if (before != null && !before.equals(id)) {
            verdict.breach(Rule.A5, event, "the position also holds " + before);
        }
    }

    private void read(HistoryEvent event) {
        ReaderHistory reader =
                readers.computeIfAbsent(new Reader(event.process(), event.item()), none -> new ReaderHistory(verdict));
        switch (event.function()) {
            case DELIVER -> deliver(event, reader);
            case COMMIT -> reader.commit(event);
            case GAP -> reader.gap(event);
            case SEND -> throw new IllegalStateException("sends are judged before");
        }
    }

    private void deliver(HistoryEvent event, ReaderHistory reader) {
        verdict.delivered++;
        RecordId id = id(event);
        Sent record = sent.get(id);
        if (event.checksum() != HistoryEvent.checksum(event.item(), event.key(), event.sequence())) {
            verdict.breach(Rule.A4, event, "the value is not that of this record");
        }
        if (record == null) {
            verdict.breach(Rule.A2, event, "nobody sent it");
        } else {
            record.delivered = true;
            if (record.outcome == Type.FAIL) {
                verdict.breach(Rule.A3, event, "its sender was told that it failed");
            }
        }
        placed(event, id);
        reader.deliver(event);
    }

    private void end(List<HistoryEvent> events) {
        for (HistoryEvent event : events) {
            if (event.function() != Function.SEND || event.type() != Type.OK) {
                continue;
            }
            RecordId id = id(event);
            if (!Objects.requireNonNull(sent.get(id)).delivered) {
                verdict.breach(Rule.A1, event, "was acknowledged and never delivered");
            }
            readers.forEach((reader, history) -> {
                if (reader.item() == event.item() && history.skipped(event)) {
                    verdict.breach(Rule.A9, event, "was skipped by process " + reader.process());
                }
            });
        }
    }

    private static RecordId id(HistoryEvent event) {
        return new RecordId(event.item(), event.key(), event.sequence());
    }
}
