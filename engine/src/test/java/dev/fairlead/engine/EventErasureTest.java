package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Erasing;
import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Page;
import dev.fairlead.api.Position;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.DataFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Erasing the events of a key, and what the groups have made of them. */
class EventErasureTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SKU = "a-sku-that-stands-nowhere-else";
    private static final FailurePolicy ONCE =
            new FailurePolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private Path plan;

    @BeforeEach
    void writePlan() {
        plan = SalePlan.in(folder, "D1");
    }

    private Events<String, Sale> sales(String service) {
        return services.open(service, plan).events(SalePlan.SALES);
    }

    private void restart() {
        services.close();
    }

    @Test
    void theEventsAreGoneAndAllElseStaysInItsPlace() {
        Events<String, Sale> sales = sales("checkout");
        for (int i = 0; i < 5; i++) {
            sales.append("17850", new ItemAdded(SKU, i));
            sales.append("12346", new ItemAdded("kept", i));
        }
        assertThat(DataFiles.holding(folder, SKU)).isNotEmpty();

        Erasure erasure = sales.erase("17850");

        assertThat(erasure.complete()).isTrue();
        assertThat(DataFiles.holding(folder, SKU)).isEmpty();
        Page<String, Sale> page = sales.read(sales.oldest(), 100);
        assertThat(page.records())
                .extracting(EventRecord::key)
                .containsOnly("12346")
                .hasSize(5);
        assertThat(page.records())
                .extracting(record -> record.position().offset())
                .containsExactly(1L, 3L, 5L, 7L, 9L);
        assertThat(page.passedOver()).isZero();
        assertThat(sales.history("17850", sales.oldest(), 100).records()).isEmpty();
        assertThat(sales.append("17850", new ItemAdded("later", 1)).version()).isEqualTo(7);
        restart();
        Events<String, Sale> again = sales("checkout");
        assertThat(again.append("17850", new ItemAdded("later", 2)).version()).isEqualTo(8);
        assertThat(again.erasures()).extracting(Erasure::complete).containsExactly(true);
    }

    @Test
    void anErasureThatWasBegunIsFinishedByTheNextAppend() {
        Events<String, Sale> sales = sales("checkout");
        sales.append("17850", new ItemAdded(SKU, 1));
        sales.append("12346", new ItemAdded("kept", 1));
        restart();
        beginErasure("17850");
        assertThat(DataFiles.holding(folder, SKU)).isNotEmpty();

        Events<String, Sale> again = sales("checkout");
        again.append("12346", new ItemAdded("kept", 2));

        assertThat(DataFiles.holding(folder, SKU)).isEmpty();
        assertThat(again.erasures()).extracting(Erasure::complete).containsExactly(true);
        assertThat(again.history("12346", again.oldest(), 10).records()).hasSize(2);
    }

    /** Writes the record of an erasure and nothing else, as an owner that is killed then. */
    private void beginErasure(String key) {
        byte[] bytes = key.getBytes(UTF_8);
        MechanismOpening opening =
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM);
        try (EmbeddedMechanism logs = EmbeddedMechanism.open(opening);
                LogWriter writer = logs.claim(SalePlan.SALES.id(), "checkout")) {
            EventEnvelope envelope =
                    new EventEnvelope(EventEnvelope.ERASURE, 2, writer.epoch(), Instant.EPOCH, Origins.ofWork(), null);
            byte[] header = new EventFormat(SalePlan.SALES.id()).pack(envelope, bytes, new byte[0]);
            writer.append(0, List.of(new LogEntry(bytes, header, new byte[0]))).join();
        }
    }

    @Test
    void whatIsParkedOfTheKeyGoesAndTheKeyIsNotParkedAnyMore() {
        Events<String, Sale> sales = sales("checkout");
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Following<String, Sale> following = sales("shipping").follow("labels", failingOn(SKU, handled), ONCE);
        sales.append("17850", new ItemAdded(SKU, 1));
        sales.append("17850", new ItemAdded("behind-it", 2));
        sales.append("12346", new ItemAdded(SKU, 3));
        await().atMost(SOON).until(() -> following.status().parked() == 3);

        sales.erase("17850");
        sales.append("17850", new ItemAdded("later", 4));

        await().atMost(SOON).until(() -> sales.erasures().getFirst().complete());
        await().atMost(SOON).until(() -> handled.contains("17850 later"));
        assertThat(following.parked())
                .singleElement()
                .satisfies(parked -> assertThat(parked.key()).isEqualTo("12346"));
        assertThat(following.redrive("12346")).isEqualTo(1);
        assertThat(DataFiles.holding(folder, "behind-it")).isEmpty();
        assertThat(handled).containsExactly("17850 later");
    }

    @Test
    void whatWasParkedOnceAndHandledSinceGoesToo() {
        Events<String, Sale> sales = sales("checkout");
        AtomicBoolean fails = new AtomicBoolean(true);
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Following<String, Sale> following = sales("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (fails.get()) {
                                throw new IllegalStateException("cannot take " + happened.event());
                            }
                            handled.add(happened.key());
                        }),
                        ONCE);
        sales.append("17850", new ItemAdded(SKU, 1));
        await().atMost(SOON).until(() -> following.status().parked() == 1);
        fails.set(false);
        following.redrive("17850");
        await().atMost(SOON)
                .until(() -> handled.contains("17850") && following.status().parked() == 0);

        sales.erase("17850");

        await().atMost(SOON).until(() -> sales.erasures().getFirst().complete());
        assertThat(DataFiles.holding(folder, SKU)).isEmpty();
    }

    @Test
    void aGroupThatIsDownIsMissingUntilItIsBackAndIsToldThen() {
        Events<String, Sale> sales = sales("checkout");
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Events<String, Sale> shipping = sales("shipping");
        Following<String, Sale> following = shipping.follow("labels", failingOn(SKU, handled), ONCE);
        sales.append("17850", new ItemAdded("label", 1));
        await().atMost(SOON).until(() -> handled.contains("17850 label"));
        following.close();
        sales.append("17850", new ItemAdded("unseen", 2));

        Erasure erasure = sales.erase("17850");
        assertThat(erasure.missing()).containsExactly("shipping/labels");

        Queue<String> erased = new ConcurrentLinkedQueue<>();
        shipping.follow("labels", failingOn(SKU, handled), ONCE, erased::add);
        sales.append("12346", new ItemAdded("goes on", 3));
        await().atMost(SOON).until(() -> sales.erasures().getFirst().complete());
        await().atMost(SOON).until(() -> handled.contains("12346 goes on"));
        assertThat(erased).containsExactly("17850");
        assertThat(handled).containsExactlyInAnyOrder("17850 label", "12346 goes on");
        Erasure report = sales.erasures().getFirst();
        assertThat(report.holders())
                .allSatisfy(holder -> assertThat(holder.since())
                        .hasValueSatisfying(since -> assertThat(since)
                                .isAfterOrEqualTo(report.asked().truncatedTo(ChronoUnit.MILLIS))));
    }

    /** As a reopened follower or a redrive finds it. */
    private enum Again {
        FOLLOWED,
        REDRIVEN
    }

    @ParameterizedTest
    @EnumSource
    void anErasureThatFailsIsParkedAndReportedAndDoneWhenItIsTriedAgain(Again again) {
        Events<String, Sale> sales = sales("checkout");
        Events<String, Sale> shipping = sales("shipping");
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean fails = new AtomicBoolean(true);
        FailurePolicy thrice = new FailurePolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));
        Erasing<String> erasing = key -> {
            attempts.incrementAndGet();
            if (fails.get()) {
                throw new IllegalStateException("the label store is away");
            }
        };
        Following<String, Sale> first = shipping.follow("labels", failingOn(SKU, handled), thrice, erasing);
        sales.append("17850", new ItemAdded("before", 1));
        await().atMost(SOON).until(() -> handled.contains("17850 before"));
        sales.erase("17850");
        sales.append("17850", new ItemAdded("behind it", 2));
        sales.append("12346", new ItemAdded("goes on", 3));

        await().atMost(SOON).until(() -> first.status().parked() == 2 && handled.contains("12346 goes on"));
        await().atMost(SOON)
                .until(() -> first.status().done().equals(first.status().end()));
        assertThat(attempts.get()).isEqualTo(3);
        Erasure.Holder labels = holder(sales, "shipping/labels");
        assertThat(labels.done()).isFalse();
        assertThat(labels.since()).isEmpty();
        assertThat(labels.failure()).contains("the label store is away");
        assertThat(holder(sales, "checkout/log").done()).isTrue();

        fails.set(false);
        if (again == Again.REDRIVEN) {
            first.redrive("17850");
        } else {
            first.close();
            shipping.follow("labels", failingOn(SKU, handled), thrice, erasing);
        }

        await().atMost(SOON).until(() -> sales.erasures().getFirst().complete());
        await().atMost(SOON).until(() -> handled.contains("17850 behind it"));
        assertThat(holder(sales, "shipping/labels").since()).isPresent();
        assertThat(holder(sales, "shipping/labels").failure()).isEmpty();
        assertThat(attempts.get()).isEqualTo(4);
        assertThat(handled).containsExactlyInAnyOrder("17850 before", "12346 goes on", "17850 behind it");
    }

    private static Erasure.Holder holder(Events<String, Sale> sales, String name) {
        return sales.erasures().getFirst().holders().stream()
                .filter(holder -> holder.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReplayPassesOverErasedEvents() {
        Events<String, Sale> sales = sales("checkout");
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Following<String, Sale> following = sales("shipping")
                .follow("view", Handler.projection(happened -> handled.add(happened.key() + " " + happened.version())));
        for (int i = 0; i < 3; i++) {
            sales.append("17850", new ItemAdded(SKU, i));
            sales.append("12346", new ItemAdded("kept", i));
        }
        sales.erase("17850");
        await().atMost(SOON).until(() -> sales.erasures().getFirst().complete());
        handled.clear();
        following.replay(new Position(0, 0));

        await().atMost(SOON).until(() -> handled.size() == 3);
        await().atMost(SOON).until(() -> following.status().replay().isEmpty());
        assertThat(handled).containsExactly("12346 1", "12346 2", "12346 3");
    }

    @Test
    void onlyTheOwnerErases() {
        Events<String, Sale> shipping = sales("shipping");
        assertThatThrownBy(() -> shipping.erase("17850"))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLAN));
        Events<String, Sale> fenced = sales("checkout");
        fenced.append("17850", new ItemAdded(SKU, 1));
        sales("checkout").append("17850", new ItemAdded("b", 2));
        assertThatThrownBy(() -> fenced.erase("17850"))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(DataFiles.holding(folder, SKU)).isNotEmpty();
    }

    private static Handler<String, Sale> failingOn(String sku, Queue<String> handled) {
        return Handler.effect(happened -> {
            String what = ((ItemAdded) happened.event()).sku();
            if (what.equals(sku)) {
                throw new IllegalStateException("cannot take " + sku);
            }
            handled.add(happened.key() + " " + what);
        });
    }
}
