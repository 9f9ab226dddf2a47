package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.faults.Reads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies that begin with much to read, so that one thread reads ahead of another. */
class CopyLoadTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String ITEM = "profile.profile";
    private static final int CHANGES = 30_000;
    private static final int KEYS = 7_000;

    record Profile(String customerId, String name, String email, int visits) {}

    private static final StateItem<String, Profile> PROFILES = StateItem.of(ITEM, String.class, Profile.class);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final Map<String, Profile> fold = new HashMap<>();
    private Path plan;
    private FaultyMechanism reading;
    private Fairlead profile;
    private Owner<String, Profile> owner;
    private Receipt last;

    @BeforeEach
    void writeMuch() {
        plan = PlanFolder.in(folder, "D1");
        reading = FaultyMechanism.around(open(), time, 1);
        profile = Opening.of("profile", plan).time(time).mechanism(open()).open();
        owner = profile.own(PROFILES);
        CompletableFuture<Receipt> newest = new CompletableFuture<>();
        for (int i = 0; i < CHANGES; i++) {
            newest = put("k" + i % KEYS, i);
            if (i % 1000 == 0) {
                newest.join();
                owner.remove("k" + i % KEYS);
                fold.remove("k" + i % KEYS);
            }
        }
        last = newest.join();
    }

    @AfterEach
    void close() {
        profile.close();
        reading.close();
    }

    @Test
    void aCopyThatIsLiveHoldsWhatWasWritten() {
        try (Fairlead audit = audit()) {
            Copy<String, Profile> copy = audit.copy(PROFILES);
            copy.awaitLive(SOON);

            assertThat(copy.read(last.key(), last, SOON)).isInstanceOf(Reading.Fresh.class);
            assertThat(copy.digest()).isEqualTo(owner.digest());
            assertThat(copy.snapshot().values()).isEqualTo(fold);
            assertThat(copy.statistics().applied()).isGreaterThanOrEqualTo(CHANGES);

            Receipt next = put("k1", -1).join();
            assertThat(copy.read("k1", next, SOON))
                    .isInstanceOfSatisfying(
                            Reading.Fresh.class,
                            fresh -> assertThat(fresh.value()).isEqualTo(fold.get("k1")));
        }
    }

    @Test
    void aDamagedRecordIsAGapAndTheCopyIsNotLiveUntilItCame() {
        reading.onDelivery(ITEM, DeliveryFault.damage().withChance(0.01));
        reading.onDelivery(ITEM, DeliveryFault.fail(ErrorCode.UNREACHABLE).on(Reads.AGAIN));
        try (Fairlead audit = audit()) {
            Copy<String, Profile> copy = audit.copy(PROFILES);
            await().atMost(SOON).until(() -> copy.health().state() == HealthState.GAP);

            assertThat(copy.health().gaps()).isNotEmpty();
            assertThat(copy.statistics().damaged()).isPositive();

            reading.healAll();
            copy.awaitLive(SOON);
            assertThat(copy.digest()).isEqualTo(owner.digest());
            assertThat(copy.snapshot().values()).isEqualTo(fold);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensOnTheWayTheCopyEndsEqual(long seed) {
        FaultyMechanism unreliable = FaultyMechanism.around(open(), time, seed);
        unreliable.onDelivery(ITEM, DeliveryFault.drop().withChance(0.001));
        unreliable.onDelivery(ITEM, DeliveryFault.duplicate().withChance(0.001));
        unreliable.onDelivery(ITEM, DeliveryFault.reorder(3).withChance(0.001));
        unreliable.onDelivery(ITEM, DeliveryFault.damage().withChance(0.001));
        unreliable.onDelivery(ITEM, DeliveryFault.fail(ErrorCode.UNREACHABLE).withChance(0.0005));
        try (unreliable;
                Fairlead audit = Opening.of("audit", plan)
                        .time(time)
                        .mechanism(unreliable)
                        .open()) {
            Copy<String, Profile> copy = audit.copy(PROFILES);
            Receipt next = put("k2", -2).join();
            await().atMost(SOON).until(() -> unreliable.bites() > 20);
            unreliable.healAll();

            copy.read("k2", next, SOON);
            copy.awaitLive(SOON);
            assertThat(copy.digest()).isEqualTo(owner.digest());
            assertThat(copy.snapshot().values()).isEqualTo(fold);
        }
    }

    @Test
    void aCopyOfAQuietItemIsLiveWithoutAFurtherBeat() {
        try (Fairlead audit = audit()) {
            Copy<String, Profile> copy = audit.copy(PROFILES);
            copy.awaitLive(SOON);
            time.advance(Duration.ofMinutes(10));
            await().atMost(SOON).until(() -> copy.health().age().compareTo(Duration.ofSeconds(1)) < 0);
            profile.close();

            try (Fairlead later = audit()) {
                later.copy(PROFILES).awaitLive(SOON);
            }
        }
    }

    @Test
    void aCopyThatIsClosedWhileItLoadsIsGoneAtOnce() {
        for (int i = 0; i < 20; i++) {
            try (Fairlead audit = audit()) {
                audit.copy(PROFILES);
            }
        }
        await().atMost(SOON)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("fairlead copy of " + ITEM)));
    }

    private CompletableFuture<Receipt> put(String key, int visits) {
        Profile value = new Profile(key, "name " + visits, "e", visits);
        fold.put(key, value);
        return owner.putAsync(value);
    }

    private Fairlead audit() {
        return Opening.of("audit", plan).time(time).mechanism(reading).open();
    }

    private Mechanism open() {
        return new EmbeddedProvider()
                .open(new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, time));
    }
}
