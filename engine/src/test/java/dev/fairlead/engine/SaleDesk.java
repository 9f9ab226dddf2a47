package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** The services of a {@link SalePlan} that are open, and the numbers that their handlers have seen, by key. */
final class SaleDesk implements AutoCloseable {
    static final Duration SOON = Duration.ofMinutes(1);
    static final FailurePolicy BRISK =
            new FailurePolicy(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));

    private final OpenServices services = new OpenServices();
    private final Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
    private final Path plan;
    private TimeSource time = TimeSource.SYSTEM;

    SaleDesk(Path folder) {
        this.plan = SalePlan.in(folder, "D1");
    }

    /** The time of the services that are opened from now on. */
    void time(TimeSource other) {
        time = other;
    }

    Fairlead open(String service) {
        return services.open(service, plan, time);
    }

    Events<String, Sale> events(String service) {
        return open(service).events(SalePlan.SALES);
    }

    /** Closes the service that was opened last. */
    void closeLast() {
        services.closeLast();
    }

    /** Closes all services. */
    void restart() {
        services.close();
    }

    void see(EventRecord<String, Sale> happened) {
        seen.computeIfAbsent(happened.key(), key -> new CopyOnWriteArrayList<>())
                .add(number(happened));
    }

    Map<String, List<Integer>> seen() {
        return seen;
    }

    static int number(EventRecord<String, Sale> happened) {
        return ((ItemAdded) happened.event()).quantity();
    }

    static void append(Events<String, Sale> sales, String key, int from, int to) {
        List<CompletableFuture<?>> appended = new ArrayList<>();
        for (int i = from; i < to; i++) {
            appended.add(sales.appendAsync(key, new ItemAdded("sku", i)));
        }
        appended.forEach(CompletableFuture::join);
    }

    static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    static void awaitDone(Following<String, Sale> following) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(following.status().done())
                        .isEqualTo(following.status().end()));
    }

    @Override
    public void close() {
        restart();
    }
}
