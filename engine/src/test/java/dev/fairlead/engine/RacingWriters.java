package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Outbox;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Eight writers whose transactions overlap, take 0 to 20 ms and touch one to three of a few keys; some are rolled back. They know
 * the order in which the transactions of a key were committed: a number is drawn while a transaction holds the key.
 */
final class RacingWriters {
    private static final int WRITERS = 8;
    private static final int KEYS = 12;
    private static final int HALF = 10_000_000;

    private final DataSource database;
    private final Supplier<Outbox<String, Sale>> outbox;
    private final Map<String, AtomicInteger> drawn = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> holding = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, Integer>> committed = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    final AtomicInteger rolledBack = new AtomicInteger();

    RacingWriters(DataSource database, Supplier<Outbox<String, Sale>> outbox) {
        this.database = database;
        this.outbox = outbox;
        Databases.execute(database, "CREATE TABLE orders (name int PRIMARY KEY)");
    }

    void run(BooleanSupplier enough) throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(writer);
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try (Connection connection = database.getConnection()) {
                    connection.setAutoCommit(false);
                    while (!enough.getAsBoolean()) {
                        transaction(connection, random);
                    }
                } catch (Throwable e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    private void transaction(Connection connection, Random random) throws Exception {
        int name = names.getAndIncrement();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
            insert.setInt(1, name);
            insert.executeUpdate();
        }
        LockSupport.parkNanos(random.nextInt(HALF));
        List<Map.Entry<String, Sale>> events = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            events.add(Map.entry("k" + random.nextInt(KEYS), new ItemAdded("sku", name * 3 + i)));
        }
        append(connection, events);
        Map<String, Integer> numbers = new TreeMap<>();
        for (Map.Entry<String, Sale> event : events) {
            if (numbers.putIfAbsent(event.getKey(), 0) == null) {
                assertThat(count(holding, event.getKey()).incrementAndGet()).isEqualTo(1);
                numbers.put(event.getKey(), count(drawn, event.getKey()).getAndAdd(3));
            }
        }
        LockSupport.parkNanos(random.nextInt(HALF));
        numbers.keySet().forEach(key -> count(holding, key).decrementAndGet());
        if (random.nextInt(5) == 0) {
            connection.rollback();
            rolledBack.incrementAndGet();
            return;
        }
        connection.commit();
        for (Map.Entry<String, Sale> event : events) {
            committed
                    .computeIfAbsent(event.getKey(), key -> new ConcurrentHashMap<>())
                    .put(numbers.merge(event.getKey(), 1, Integer::sum) - 1, ((ItemAdded) event.getValue()).quantity());
        }
    }

    /** An outbox that is closed at this very moment is left for the one that took over. */
    private void append(Connection connection, List<Map.Entry<String, Sale>> events) {
        Outbox<String, Sale> used = outbox.get();
        try {
            used.append(connection, events);
        } catch (FairleadException e) {
            if (e.code() != ErrorCode.CLOSED || used == outbox.get()) {
                throw e;
            }
            append(connection, events);
        }
    }

    private static AtomicInteger count(Map<String, AtomicInteger> counts, String key) {
        return counts.computeIfAbsent(key, none -> new AtomicInteger());
    }

    /** What was committed of each key, in the order of the commits. */
    Map<String, List<Integer>> committed() {
        Map<String, List<Integer>> inOrder = new TreeMap<>();
        committed.forEach((key, numbers) -> inOrder.put(key, List.copyOf(new TreeMap<>(numbers).values())));
        return inOrder;
    }

    int events() {
        return committed.values().stream().mapToInt(Map::size).sum();
    }
}
