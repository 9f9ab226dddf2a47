package dev.fairlead.testkit.history;

import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that was sent: what became of it, where it stands, and which records belong together. Judges A3 to A6 and A12. */
final class SentRecords {
    private final Verdict.Builder verdict;
    private final Map<RecordId, Sent> records = new LinkedHashMap<>();
    private final Map<Place, RecordId> places = new HashMap<>();
    private final Map<Integer, Long> acknowledgedUpTo = new HashMap<>();
    private final Map<Integer, List<Sent>> acknowledged = new LinkedHashMap<>();
    private final Map<Transaction, List<Sent>> transactions = new LinkedHashMap<>();

    private record Place(int item, long position) {}

    private record Transaction(int item, int number) {}

    SentRecords(Verdict.Builder verdict) {
        this.verdict = verdict;
    }

    void send(HistoryEvent event) {
        RecordId id = RecordId.of(event);
        Sent record = records.computeIfAbsent(id, none -> begun(event));
        if (event.type() == Type.INVOKE) {
            record.after = acknowledgedUpTo.getOrDefault(event.item(), -1L);
            return;
        }
        record.last = event;
        if (event.type() == Type.INFO) {
            verdict.unknown++;
        }
        if (event.type() == Type.OK) {
            verdict.judges(EnumSet.of(Rule.A6));
            verdict.acknowledged++;
            record.acknowledgement = event;
            acknowledged
                    .computeIfAbsent(event.item(), none -> new ArrayList<>())
                    .add(record);
            placed(event);
            if (event.position() <= record.after) {
                verdict.breach(Rule.A6, event, "was sent after position " + record.after + " had been acknowledged");
            }
            acknowledgedUpTo.merge(event.item(), event.position(), Math::max);
        }
    }

    private Sent begun(HistoryEvent event) {
        Sent sent = new Sent(event);
        if (event.group() != 0) {
            verdict.judges(EnumSet.of(Rule.A12));
            transactions
                    .computeIfAbsent(new Transaction(event.item(), event.group()), none -> new ArrayList<>())
                    .add(sent);
        }
        return sent;
    }

    private void placed(HistoryEvent event) {
        RecordId id = RecordId.of(event);
        RecordId before = places.putIfAbsent(new Place(event.item(), event.position()), id);
        if (before != null && !before.equals(id)) {
            verdict.breach(Rule.A5, event, "the position also holds " + before);
        }
    }

    /** Somebody got the record. Returns what is known of it, or null when nobody sent it. */
    @Nullable
    Sent seen(HistoryEvent event) {
        verdict.judges(EnumSet.of(Rule.A1, Rule.A2, Rule.A3, Rule.A4, Rule.A5));
        Sent record = records.get(RecordId.of(event));
        boolean removes = record != null && record.removal();
        int right = HistoryEvent.checksum(event.item(), event.key(), event.sequence());
        if (event.checksum() != (removes ? HistoryEvent.REMOVAL : right)) {
            verdict.breach(Rule.A4, event, "the value is not that of this record");
        }
        if (record == null) {
            verdict.breach(Rule.A2, event, "nobody sent it");
        } else {
            record.seen = true;
            if (record.failed()) {
                verdict.breach(Rule.A3, event, "its sender was told that it failed");
            }
        }
        placed(event);
        return record;
    }

    @Nullable
    Sent of(RecordId id) {
        return records.get(id);
    }

    /** What was acknowledged of the item; in {@code last} each has its acknowledgement. */
    List<Sent> acknowledged(int item) {
        return acknowledged.getOrDefault(item, List.of());
    }

    Set<Integer> items() {
        return acknowledged.keySet();
    }

    /** The records of each transaction of the item. */
    List<List<Sent>> transactions(int item) {
        List<List<Sent>> found = new ArrayList<>();
        transactions.forEach((transaction, sent) -> {
            if (transaction.item() == item) {
                found.add(sent);
            }
        });
        return found;
    }

    /** Where the record stands, or -1 when nobody knows. */
    static long position(Sent sent) {
        return sent.acknowledgement == null ? -1 : sent.acknowledgement.position();
    }

    /** Judges the transactions, when everything was seen that is seen at all. */
    void end() {
        transactions.forEach((transaction, sent) -> {
            Sent there = sent.stream()
                    .filter(each -> each.seen || each.acknowledgement != null)
                    .findFirst()
                    .orElse(null);
            if (there == null) {
                return;
            }
            sent.stream()
                    .filter(each -> !each.seen && each.acknowledgement == null)
                    .forEach(each -> verdict.breach(
                            Rule.A12,
                            each.last,
                            "is missing, though key " + there.last.key() + " sequence " + there.last.sequence()
                                    + " of transaction " + transaction.number() + " is there"));
        });
    }
}
