package dev.fairlead.engine;

import static dev.fairlead.engine.SaleDesk.BRISK;
import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.SaleDesk.awaitDone;
import static dev.fairlead.engine.SaleDesk.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.AppendFault;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A group that is closed and opened again in the middle of its work, while events come twice, some cannot be handled and parking
 * fails now and then: what came of each event is judged by its history.
 */
@Timeout(120)
class FollowHistoryTest {
    private static final String ITEM = "checkout.sale";
    private static final String PARKING = "checkout.sale.parked.shipping.labels";
    private static final int WRITERS = 4;
    private static final int KEYS = 50;
    private static final int EACH = 1300;
    private static final int GENERATIONS = 6;
    private static final int ENOUGH = 10;

    @TempDir
    Path folder;

    /** A restart goes on sending them again, so that nobody can tell which of their events is the first that is parked. */
    private final Set<String> sentAgain = new HashSet<>();

    private SaleDesk desk;
    private @Nullable FaultyMechanism carrier;

    @BeforeEach
    void open() {
        desk = new SaleDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
        if (carrier != null) {
            carrier.close();
        }
    }

    private FaultyMechanism faulty() {
        return Objects.requireNonNull(carrier);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.01", "2, 0.1", "3, 0.5"})
    void withAnInboxEachEventTakesEffectOnceInOrderOrIsSetAside(long seed, double twice) throws Exception {
        try (EffectHistory history = new EffectHistory(folder.resolve("history"), EffectHistory.Sink.INBOX)) {
            work(history, seed, twice);
            Verdict verdict = history.verdict();

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).contains(Rule.A7, Rule.A8, Rule.A10, Rule.A11, Rule.A15, Rule.A16);
            assertThat(verdict.valid(5000, 0)).isTrue();
            assertThat(faulty().bites()).isGreaterThan(100);
        }
    }

    @Test
    void withoutAnInboxSomeTakeEffectAgainAndTheCheckerSaysSo() throws Exception {
        try (EffectHistory history = new EffectHistory(folder.resolve("history"), EffectHistory.Sink.FORGETFUL)) {
            work(history, 4, 0.1);

            assertThat(history.verdict().breaches()).containsKey(Rule.A10);
        }
    }

    /** @param twice how much of what is delivered comes a second time */
    private void work(EffectHistory history, long seed, double twice) throws Exception {
        Events<String, Sale> sales = desk.events("checkout");
        Mechanism mechanism = new EmbeddedProvider()
                .open(new MechanismOpening(
                        Map.of("data", "data", "durability", "D1"), folder.toAbsolutePath(), TimeSource.SYSTEM));
        FaultyMechanism faulty = FaultyMechanism.around(mechanism, TimeSource.SYSTEM, seed);
        carrier = faulty;
        faulty.onDelivery(ITEM, DeliveryFault.duplicate().withChance(twice));
        faulty.onDelivery(ITEM, DeliveryFault.fail(ErrorCode.UNREACHABLE).withChance(0.01));
        faulty.onAppend(PARKING, AppendFault.fail(ErrorCode.STORAGE_FULL).withChance(0.03));
        faulty.onAppend(PARKING, AppendFault.unknownWritten().withChance(0.03));
        faulty.onAppend(PARKING, AppendFault.unknownLost().withChance(0.03));
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int first = writer * KEYS;
                writing.add(threads.submit(() -> send(history, sales, first)));
            }
            int parked = 0;
            for (int generation = 1; generation <= GENERATIONS || parked <= ENOUGH; generation++) {
                parked = follow(history, generation);
            }
            for (Future<?> each : writing) {
                each.get();
            }
        }
        faulty.healAll();
        history.healed();
        settle(history);
    }

    private static void send(EffectHistory history, Events<String, Sale> sales, int first) {
        for (int i = 0; i < EACH; i++) {
            history.send(sales, first + i % KEYS, i / KEYS, first * EACH + i);
        }
    }

    /** Follows until it has got a little further, and ends in the middle of its work; gives how many keys are parked then. */
    private int follow(EffectHistory history, int generation) {
        long epoch = history.assign();
        int before = history.effects();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        try (Fairlead shipping = shipping()) {
            Following<String, Sale> following = shipping.events(SalePlan.SALES)
                    .follow(
                            "labels",
                            Handler.effect(happened -> {
                                if (calls.incrementAndGet() == 20 && generation % 2 == 0) {
                                    never.await();
                                }
                                fail(happened);
                                history.effect(epoch, happened);
                            }),
                            BRISK);
            history.parked(following, Type.INVOKE);
            following.parked().stream().limit(2).forEach(key -> sendAgain(following, key.key()));
            await().atMost(SOON)
                    .until(() -> history.effects() > before + 300
                            || calls.get() > 400
                            || following.status().parked() > 500 * generation);
            following.close();
            history.committed(following);
        }
        ParkedGroup group = ParkedGroup.among(List.of(PARKING), faulty()).getFirst();
        history.parked(group);
        return (int)
                group.events().stream().map(ParkedGroup.Event::key).distinct().count();
    }

    private void sendAgain(Following<String, Sale> following, String key) {
        sentAgain.add(key);
        try {
            following.redrive(key);
        } catch (FairleadException onPurpose) {
            assertThat(onPurpose).hasMessageContaining("on purpose");
        }
    }

    private static void failForEver(EventRecord<String, Sale> happened) {
        if (happened.key().equals("k0") && number(happened) > 500) {
            throw new IllegalStateException("for ever");
        }
    }

    private static void fail(EventRecord<String, Sale> happened) {
        failForEver(happened);
        switch (number(happened) % 101) {
            case 17 -> throw new IllegalStateException("no such address");
            case 18 -> throw new OutOfMemoryError("label");
            default -> {}
        }
    }

    /** Everything is handled, but for a key that stays parked and an event that is dropped. */
    private void settle(EffectHistory history) {
        long epoch = history.assign();
        try (Fairlead shipping = shipping()) {
            Following<String, Sale> following = shipping.events(SalePlan.SALES)
                    .follow(
                            "labels",
                            Handler.effect(happened -> {
                                failForEver(happened);
                                history.effect(epoch, happened);
                            }),
                            BRISK);
            awaitDone(following);
            history.parked(following, Type.INVOKE);
            List<ParkedKey> parked = following.parked();
            assertThat(parked).hasSizeGreaterThan(ENOUGH);
            ParkedKey dropping = parked.stream()
                    .filter(key -> !key.key().equals("k0") && !sentAgain.contains(key.key()))
                    .findFirst()
                    .orElseThrow();
            following.dismiss(dropping.key(), "the customer died");
            history.dismissed(dropping.events().getFirst());
            parked.forEach(key -> following.redrive(key.key()));
            await().atMost(SOON)
                    .until(() -> following.parked().stream()
                                    .map(ParkedKey::key)
                                    .toList()
                                    .equals(List.of("k0"))
                            && following
                                    .parked()
                                    .getFirst()
                                    .events()
                                    .getFirst()
                                    .error()
                                    .contains("for ever"));
            following.close();
            history.committed(following);
        }
        try (Fairlead shipping = shipping()) {
            history.parked(
                    shipping.events(SalePlan.SALES).follow("labels", Handler.effect(happened -> {}), BRISK), Type.OK);
        }
    }

    private Fairlead shipping() {
        return Opening.of("shipping", folder).mechanism(faulty()).open();
    }
}
