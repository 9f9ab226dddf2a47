package dev.fairlead.engine;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Following;
import dev.fairlead.api.Page;
import dev.fairlead.api.ParkedEvent;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What several processes sold, in the order in which it was said, and what became of it in the end, judged. */
final class SoldHistory {
    private static final int SOLD = 1;
    private static final int HANDLED = 2;
    private static final int GROUP = 1;
    private static final long NOWHERE = 1L << 30;

    private final List<Said> all = new ArrayList<>();
    private final Set<Name> committed = new HashSet<>();

    /** A sale: keys are a letter and a number below 1,000. */
    private record Name(String key, int number) {
        long keyNumber() {
            return key.charAt(0) * 1000L + Integer.parseInt(key.substring(1));
        }
    }

    private record Said(Type type, Name name) {}

    /** A record of the log that took effect, or was set aside in the end. */
    private record Found(Name name, long position, long epoch, Function function) {}

    void sell(Events<String, Sale> sales, String key, int number) {
        begun(key, number);
        sales.append(key, new ItemAdded("sku", number));
        committed(key, number);
    }

    synchronized void begun(String key, int number) {
        all.add(new Said(Type.INVOKE, new Name(key, number)));
    }

    synchronized void committed(String key, int number) {
        Name name = new Name(key, number);
        committed.add(name);
        all.add(new Said(Type.OK, name));
    }

    /** Judges it by what the log holds: each of its records is an effect. Nothing is said any more. */
    Verdict published(Path file, Events<String, Sale> sales, Log log) {
        Map<Long, Long> epochs = epochs(log);
        List<Found> found = records(sales).stream()
                .map(each -> new Found(
                        name(each),
                        each.position().offset(),
                        epochs.getOrDefault(each.position().offset(), -1L),
                        Function.EFFECT))
                .toList();
        return verdict(file, found, found);
    }

    /**
     * Judges it by what took effect, in the order of the commits, and by what is parked. Nothing is said any more.
     *
     * @param effects the positions
     */
    Verdict handled(Path file, Events<String, Sale> sales, List<Long> effects, Following<String, Sale> following) {
        Map<Long, Name> names = new HashMap<>();
        records(sales).forEach(each -> names.put(each.position().offset(), name(each)));
        List<Found> log = new ArrayList<>();
        names.forEach((position, name) -> log.add(new Found(name, position, 0, Function.EFFECT)));
        List<Found> found = new ArrayList<>();
        effects.forEach(at -> found.add(new Found(Objects.requireNonNull(names.get(at)), at, 0, Function.EFFECT)));
        for (ParkedKey key : following.parked()) {
            for (ParkedEvent event : key.events()) {
                long at = event.position().offset();
                found.add(new Found(Objects.requireNonNull(names.get(at)), at, 0, Function.PARK));
            }
        }
        return verdict(file, log, found);
    }

    private synchronized Verdict verdict(Path file, List<Found> log, List<Found> found) {
        Map<Name, Long> places = new HashMap<>();
        log.forEach(each -> places.putIfAbsent(each.name(), each.position()));
        long missing = NOWHERE;
        try (HistoryRecorder history = HistoryRecorder.create(file)) {
            for (Said said : all) {
                Long place = said.type() == Type.OK ? places.get(said.name()) : Long.valueOf(-1);
                note(history, said.type(), said.name(), place == null ? missing++ : place);
                if (said.type() == Type.INVOKE && !committed.contains(said.name())) {
                    note(history, Type.INFO, said.name(), -1);
                }
            }
            for (Found each : found) {
                Name name = each.name();
                history.note(
                        HANDLED,
                        GROUP,
                        Type.OK,
                        each.function(),
                        0,
                        name.keyNumber(),
                        name.number(),
                        each.position(),
                        each.epoch(),
                        HistoryEvent.checksum(0, name.keyNumber(), name.number()));
            }
        }
        return HistoryChecker.check(HistoryFile.read(file));
    }

    private static void note(HistoryRecorder history, Type type, Name name, long place) {
        int checksum = HistoryEvent.checksum(0, name.keyNumber(), name.number());
        history.note(SOLD, type, Function.SEND, 0, name.keyNumber(), name.number(), place, 0, checksum);
    }

    private static Name name(EventRecord<String, Sale> happened) {
        return new Name(happened.key(), ((ItemAdded) happened.event()).quantity());
    }

    private static List<EventRecord<String, Sale>> records(Events<String, Sale> sales) {
        List<EventRecord<String, Sale>> records = new ArrayList<>();
        Cursor cursor = sales.oldest();
        for (Page<String, Sale> page = sales.read(cursor, 1000);
                !page.next().equals(cursor);
                page = sales.read(cursor, 1000)) {
            records.addAll(page.records());
            cursor = page.next();
        }
        return records;
    }

    private static Map<Long, Long> epochs(Log log) {
        String item = SalePlan.SALES.id();
        EventFormat format = new EventFormat(item);
        Map<Long, Long> epochs = new HashMap<>();
        long end = log.bounds(item, 0).end();
        try (LogReader reader = log.read(item, 0, 0)) {
            while (reader.next() < end) {
                for (LogRecord each : reader.poll(1000, Duration.ofSeconds(10)).records()) {
                    epochs.put(
                            each.offset(),
                            format.unpack(each.header(), each.key(), each.payload())
                                    .epoch());
                }
            }
        }
        return epochs;
    }
}
