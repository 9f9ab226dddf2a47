package dev.fairlead.engine;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Page;
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
import java.util.Set;

/**
 * What transactions sold through outboxes, in the order in which it was said, and what of it is in the log in the end, judged. Each
 * record of the log counts as an effect of the one group of all relays, under the epoch that it was written with.
 */
final class SoldHistory {
    private static final int SOLD = 1;
    private static final int RELAYS = 2;
    private static final int GROUP = 1;
    private static final long NOWHERE = 1L << 30;

    private final List<Said> all = new ArrayList<>();
    private final Set<Name> committed = new HashSet<>();

    /** A sale: keys are a letter and a digit. */
    private record Name(String key, int number) {
        long keyNumber() {
            return key.charAt(0) * 10L + Integer.parseInt(key.substring(1));
        }
    }

    private record Said(Type type, Name name) {}

    private record Found(Name name, long position, long epoch) {}

    synchronized void begun(String key, int number) {
        all.add(new Said(Type.INVOKE, new Name(key, number)));
    }

    synchronized void committed(String key, int number) {
        Name name = new Name(key, number);
        committed.add(name);
        all.add(new Said(Type.OK, name));
    }

    synchronized int size() {
        return committed.size();
    }

    /** Judges it by what the log holds; nothing is said any more. */
    synchronized Verdict verdict(Path file, Events<String, Sale> sales, Log log) {
        List<Found> found = found(sales, log);
        Map<Name, Long> places = new HashMap<>();
        found.forEach(each -> places.putIfAbsent(each.name(), each.position()));
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
                        RELAYS,
                        GROUP,
                        Type.OK,
                        Function.EFFECT,
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

    private static List<Found> found(Events<String, Sale> sales, Log log) {
        Map<Long, Long> epochs = epochs(log);
        List<Found> found = new ArrayList<>();
        Cursor cursor = sales.oldest();
        Page<String, Sale> page = sales.read(cursor, 1000);
        while (!page.next().equals(cursor)) {
            for (EventRecord<String, Sale> each : page.records()) {
                long position = each.position().offset();
                int number = ((ItemAdded) each.event()).quantity();
                found.add(new Found(new Name(each.key(), number), position, epochs.getOrDefault(position, -1L)));
            }
            cursor = page.next();
            page = sales.read(cursor, 1000);
        }
        return found;
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
