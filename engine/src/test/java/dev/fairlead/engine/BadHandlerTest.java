package dev.fairlead.engine;

import static dev.fairlead.engine.SaleDesk.BRISK;
import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.SaleDesk.append;
import static dev.fairlead.engine.SaleDesk.awaitDone;
import static dev.fairlead.engine.SaleDesk.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a handler may do wrong without stopping a key that is not its own. */
@Timeout(60)
class BadHandlerTest {
    @TempDir
    Path folder;

    private SaleDesk desk;

    @BeforeEach
    void open() {
        desk = new SaleDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aHangingHandlerIsInterruptedAtItsLimitAndStopsNoOtherKey() {
        SettableTime settable = SettableTime.create();
        desk.time(settable);
        Events<String, Sale> sales = desk.events("checkout");
        AtomicInteger hung = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        Following<String, Sale> following = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (happened.key().startsWith("hang")) {
                                hung.incrementAndGet();
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    interrupted.incrementAndGet();
                                    throw e;
                                }
                            }
                            desk.see(happened);
                        }),
                        new FailurePolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30)));
        append(sales, "hang", 0, 2);
        append(sales, "good", 0, 500);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(desk.seen().get("good")).hasSize(500));
        await().atMost(SOON).untilAsserted(() -> assertThat(hung).hasValue(1));

        settable.advance(Duration.ofSeconds(30));
        await().atMost(SOON).untilAsserted(() -> assertThat(interrupted).hasValue(1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(following.status().retried()).isEqualTo(1));
        await().atMost(SOON).until(() -> {
            settable.advance(Duration.ofSeconds(1));
            return hung.get() == 2;
        });
        await().atMost(SOON).until(() -> {
            settable.advance(Duration.ofSeconds(30));
            return following.status().parked() == 2;
        });
        assertThat(following.parked().getFirst().events().getFirst().error())
                .isEqualTo("an attempt took longer than PT30S");
    }

    @Test
    void aHandlerThatIgnoresItsInterruptIsNotCalledAgainForItsKeyAndManyOfThemStopNoOther() {
        SettableTime settable = SettableTime.create();
        desk.time(settable);
        AtomicBoolean end = new AtomicBoolean();
        Map<String, Integer> calls = new ConcurrentHashMap<>();
        Events<String, Sale> sales = desk.events("checkout");
        Following<String, Sale> following = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            calls.merge(happened.key(), 1, Integer::sum);
                            while (happened.key().startsWith("spin") && !end.get()) {
                                Thread.onSpinWait();
                                Thread.yield();
                            }
                            desk.see(happened);
                        }),
                        new FailurePolicy(5, Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofSeconds(1)));
        try {
            for (int i = 0; i < 40; i++) {
                append(sales, "spin" + i, 0, 1);
            }
            append(sales, "good", 0, 10);
            await().atMost(SOON).until(() -> {
                settable.advance(Duration.ofSeconds(2));
                return following.status().parked() == 40;
            });
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    new LinkedHashSet<>(desk.seen().getOrDefault("good", List.of())))
                            .as("each, in order; one that was under way when the time moved comes again")
                            .containsExactlyElementsOf(numbers(0, 10)));
            assertThat(calls).hasSize(41);
            assertThat(calls.get("spin7")).isEqualTo(1);
            assertThat(following.parked().getFirst().events().getFirst().error())
                    .contains("still runs");
        } finally {
            end.set(true);
        }
    }

    @Test
    void whateverIsThrownStopsItsKeyAlone() {
        Events<String, Sale> sales = desk.events("checkout");
        Following<String, Sale> following = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            switch (happened.key()) {
                                case "memory" -> throw new OutOfMemoryError("Java heap space");
                                case "stack" -> overflow(0);
                                case "interrupt" -> {
                                    Thread.currentThread().interrupt();
                                    throw new InterruptedException("by itself");
                                }
                                case "broken" -> throw new Broken();
                                default -> desk.see(happened);
                            }
                        }),
                        BRISK);
        for (String key : List.of("memory", "stack", "interrupt", "broken", "good")) {
            append(sales, key, 0, 20);
        }
        awaitDone(following);

        assertThat(desk.seen()).containsOnlyKeys("good");
        assertThat(desk.seen().get("good")).isEqualTo(numbers(0, 20));
        assertThat(following.parked())
                .extracting(ParkedKey::key)
                .containsExactlyInAnyOrder("memory", "stack", "interrupt", "broken");
        assertThat(following.status().parked()).isEqualTo(80);
    }

    private static int overflow(int depth) {
        return depth < 0 ? 0 : overflow(depth + 1) + 1;
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even a message");
        }
    }

    @Test
    void aFailingKeyWithMoreSuccessorsThanTheWindowHoldsDoesNotStopTheOthers() {
        SettableTime settable = SettableTime.create();
        desk.time(settable);
        Events<String, Sale> sales = desk.events("checkout");
        append(sales, "bad", 0, 3000);
        append(sales, "good", 0, 10);
        Following<String, Sale> following = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (happened.key().equals("bad")) {
                                throw new IllegalStateException("down");
                            }
                            desk.see(happened);
                        }),
                        new FailurePolicy(5, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(desk.seen().get("good")).isEqualTo(numbers(0, 10)));
        awaitDone(following);
        assertThat(following.status().parked()).isEqualTo(3000);
    }

    @Test
    void attemptsComeWithGrowingDelay() {
        SettableTime settable = SettableTime.create();
        desk.time(settable);
        Events<String, Sale> sales = desk.events("checkout");
        List<Long> moments = new CopyOnWriteArrayList<>();
        Following<String, Sale> following = desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            moments.add(settable.nanos() / 1_000_000);
                            throw new IllegalStateException("down");
                        }),
                        new FailurePolicy(4, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofHours(1)));
        append(sales, "bad", 0, 1);
        for (int attempt = 1; attempt < 4; attempt++) {
            int failed = attempt;
            await().atMost(SOON).until(() -> following.status().retried() == failed);
            settable.advance(Duration.ofMillis(99));
            settable.advance(Duration.ofMillis(1));
            if (attempt > 1) {
                assertThat(moments).hasSize(attempt);
                settable.advance(Duration.ofMillis(attempt == 2 ? 100 : 200));
            }
        }
        await().atMost(SOON).until(() -> following.status().parked() == 1);
        assertThat(moments).containsExactly(0L, 100L, 300L, 600L);
    }
}
