package dev.fairlead.testkit.faults;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** The faults programmed for one wrapped mechanism, and what it takes to decide whether one hits. Safe for many threads. */
final class FaultPlan {
    private record Delivery(String log, DeliveryFault fault, ActiveFault active) {}

    private record Append(String log, AppendFault fault, ActiveFault active) {}

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<Append> appends = new CopyOnWriteArrayList<>();
    private final Map<String, Long> fetchedBelow = new ConcurrentHashMap<>();
    private final Random random;

    FaultPlan(long seed) {
        this.random = new Random(seed);
    }

    ActiveFault add(String log, DeliveryFault fault) {
        ActiveFault active = new ActiveFault(fault.times(), chance(fault.chance()));
        deliveries.add(new Delivery(log, fault, active));
        return active;
    }

    ActiveFault add(String log, AppendFault fault) {
        ActiveFault active = new ActiveFault(fault.times(), chance(fault.chance()));
        appends.add(new Append(log, fault, active));
        return active;
    }

    void healAll() {
        deliveries.forEach(delivery -> delivery.active().heal());
        appends.forEach(append -> append.active().heal());
    }

    long bites() {
        return deliveries.stream()
                        .mapToLong(delivery -> delivery.active().bites())
                        .sum()
                + appends.stream().mapToLong(append -> append.active().bites()).sum();
    }

    /** Whether the record was fetched before, by any reader; from now on it was. */
    boolean fetchAgain(String log, int partition, LogRecord record) {
        boolean[] again = {false};
        fetchedBelow.compute(log + "/" + partition, (place, below) -> {
            again[0] = below != null && record.offset() < below;
            return again[0] ? below : Long.valueOf(record.offset() + 1);
        });
        return again[0];
    }

    Optional<DeliveryFault.Kind> hit(String log, LogRecord record, Reads read) {
        for (Delivery delivery : deliveries) {
            DeliveryFault fault = delivery.fault();
            if (delivery.log().equals(log)
                    && delivery.active()
                            .bites(() -> fits(fault, read) && fault.which().test(record))) {
                return Optional.of(fault.kind());
            }
        }
        return Optional.empty();
    }

    Optional<AppendFault.Kind> hit(String log, List<LogEntry> entries) {
        for (Append append : appends) {
            if (append.log().equals(log)
                    && append.active().bites(() -> append.fault().which().test(entries))) {
                return Optional.of(append.fault().kind());
            }
        }
        return Optional.empty();
    }

    int random(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private static boolean fits(DeliveryFault fault, Reads read) {
        return fault.reads() == Reads.EVERY || fault.reads() == read;
    }

    private BooleanSupplier chance(double likely) {
        return () -> {
            synchronized (random) {
                return likely >= 1 || random.nextDouble() < likely;
            }
        };
    }
}
