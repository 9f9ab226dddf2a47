package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.faults.ActiveFault;
import dev.fairlead.testkit.faults.AppendFault;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.faults.Reads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String ITEM = "profile.profile";

    record Profile(String customerId, String name, String email, int visits) {}

    private static final StateItem<String, Profile> PROFILES = StateItem.of(ITEM, String.class, Profile.class);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private FaultyMechanism writing;
    private FaultyMechanism reading;
    private Fairlead profile;
    private Fairlead audit;
    private Owner<String, Profile> owner;
    private Copy<String, Profile> copy;

    @BeforeEach
    void openBoth() {
        Path plan = PlanFolder.in(folder, "D1");
        writing = FaultyMechanism.around(open(), time, 1);
        reading = FaultyMechanism.around(open(), time, 2);
        profile = Opening.of("profile", plan).time(time).mechanism(writing).open();
        audit = Opening.of("audit", plan).time(time).mechanism(reading).open();
        owner = profile.own(PROFILES);
        copy = audit.copy(PROFILES);
        owner.put(profile("a", 0));
        Receipt last = owner.put(profile("b", 0));
        copy.awaitLive(SOON);
        // a copy may be live before a record of a moment ago has come, and a fault would hit that one
        copy.read("b", last, SOON);
    }

    @AfterEach
    void closeBoth() {
        audit.close();
        profile.close();
        reading.close();
        writing.close();
    }

    @Test
    void aDroppedRecordIsAGapInItsKeyAloneUntilItCanBeFetchedAgain() {
        reading.onDelivery(ITEM, DeliveryFault.drop().atMost(1));
        ActiveFault unreachable = reading.onDelivery(
                ITEM, DeliveryFault.fail(ErrorCode.UNREACHABLE).on(Reads.AGAIN));
        owner.put(profile("a", 1));
        Receipt next = owner.put(profile("b", 1));
        copy.read("b", next, SOON);

        assertThat(copy.health().state()).isEqualTo(HealthState.GAP);
        assertThat(copy.health().gaps()).isEqualTo(Set.of("a"));
        assertThat(copy.read("a"))
                .isInstanceOfSatisfying(
                        Reading.Stale.class, stale -> assertThat(stale.value()).isEqualTo(profile("a", 0)));
        assertThat(copy.read("b")).isInstanceOf(Reading.Fresh.class);

        await().atMost(SOON).until(() -> unreachable.bites() > 0);
        unreachable.heal();
        copy.awaitLive(SOON);
        assertThat(copy.read("a"))
                .isInstanceOfSatisfying(
                        Reading.Fresh.class, fresh -> assertThat(fresh.value()).isEqualTo(profile("a", 1)));
        assertThat(copy.statistics().recovered()).isEqualTo(1);
        assertThat(copy.digest()).isEqualTo(owner.digest());
    }

    @Test
    void aLostRecordOfAKeyThatTheCopyNeverSawIsNotDenied() {
        reading.onDelivery(ITEM, DeliveryFault.drop().atMost(1));
        ActiveFault unreachable = reading.onDelivery(
                ITEM, DeliveryFault.fail(ErrorCode.UNREACHABLE).on(Reads.AGAIN));
        owner.put(profile("new", 1));
        Receipt next = owner.put(profile("b", 1));
        copy.read("b", next, SOON);

        assertThat(copy.read("new")).isInstanceOf(Reading.Unready.class);
        assertThat(copy.read("nobody")).isInstanceOf(Reading.Absent.class);
        assertThat(copy.health().gaps()).allMatch(name -> name.startsWith("#"));
        unreachable.heal();
        copy.awaitLive(SOON);
    }

    @Test
    void aCopyThatIsBehindIsLateWhileItsOwnerIsHeard() {
        ActiveFault slow = reading.onDelivery(ITEM, DeliveryFault.delay(Duration.ofDays(1)));
        owner.put(profile("a", 1));
        await().atMost(SOON).until(() -> slow.bites() > 0);
        time.advance(Duration.ofSeconds(6));

        await().atMost(SOON).until(() -> copy.health().state() == HealthState.LATE);
        assertThat(copy.read("a")).isInstanceOf(Reading.Stale.class);
        time.advance(Duration.ofDays(1));
        copy.awaitLive(SOON);
        assertThat(copy.digest()).isEqualTo(owner.digest());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverHappensOnTheWayTheCopyEndsEqual(long seed) {
        reading.onDelivery(ITEM, DeliveryFault.drop().withChance(0.05));
        reading.onDelivery(ITEM, DeliveryFault.duplicate().withChance(0.05));
        reading.onDelivery(ITEM, DeliveryFault.reorder(3).withChance(0.05));
        reading.onDelivery(ITEM, DeliveryFault.damage().withChance(0.05));
        reading.onDelivery(
                ITEM, DeliveryFault.fail(ErrorCode.UNREACHABLE).on(Reads.AGAIN).withChance(0.3));
        Receipt last = owner.put(profile("a", 1));
        for (int i = 0; i < 2000; i++) {
            String key = "k" + (i * seed) % 50;
            last = i % 11 == 0 ? owner.remove(key) : owner.put(profile(key, i));
        }
        reading.healAll();
        owner.put(profile("last", 1));

        assertThat(last.version()).isPositive();
        await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));
        copy.awaitLive(SOON);
        assertThat(reading.bites()).isGreaterThan(100);
        assertThat(copy.statistics().gaps()).isPositive();
        assertThat(copy.statistics().damaged()).isPositive();
        assertThat(copy.statistics().duplicates()).isPositive();
    }

    enum Failing {
        FULL(AppendFault.fail(ErrorCode.STORAGE_FULL), ErrorCode.STORAGE_FULL, 2),
        LOST(AppendFault.unknownLost(), ErrorCode.OUTCOME_UNKNOWN, 2),
        WRITTEN(AppendFault.unknownWritten(), ErrorCode.OUTCOME_UNKNOWN, 3);

        final AppendFault fault;
        final ErrorCode code;
        final long versionAfter;

        Failing(AppendFault fault, ErrorCode code, long versionAfter) {
            this.fault = fault;
            this.code = code;
            this.versionAfter = versionAfter;
        }
    }

    @ParameterizedTest
    @EnumSource(Failing.class)
    void anOwnerGoesOnAfterAFailedWriteWithTheNumbersThatTheLogHas(Failing failing) {
        writing.onAppend(ITEM, failing.fault.atMost(1));

        assertThatThrownBy(() -> owner.put(profile("a", 7)))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(failing.code));
        Receipt after = owner.put(profile("a", 8));

        assertThat(after.version()).isEqualTo(failing.versionAfter);
        assertThat(copy.read("a", after, SOON))
                .isInstanceOfSatisfying(
                        Reading.Fresh.class, fresh -> assertThat(fresh.value()).isEqualTo(profile("a", 8)));
        assertThat(copy.digest()).isEqualTo(owner.digest());
        assertThat(copy.statistics().gaps()).isZero();
    }

    private static Profile profile(String id, int visits) {
        return new Profile(id, "name of " + id, id + "@example.org", visits);
    }

    private Mechanism open() {
        return new EmbeddedProvider()
                .open(new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, time));
    }
}
