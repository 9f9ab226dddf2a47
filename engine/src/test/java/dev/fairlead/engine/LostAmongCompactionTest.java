package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.faults.ActiveFault;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.faults.Reads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is lost on the way is missed, whatever compaction takes away meanwhile, and whether or not something follows it. */
class LostAmongCompactionTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ITEM = "profile.profile";

    record Profile(String customerId, String name, String email, int visits) {}

    private static final StateItem<String, Profile> PROFILES = StateItem.of(ITEM, String.class, Profile.class);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private EmbeddedMechanism mechanism;
    private FaultyMechanism reading;
    private Fairlead profile;
    private Fairlead audit;
    private Owner<String, Profile> owner;
    private Copy<String, Profile> copy;

    @BeforeEach
    void openBoth() {
        Path plan = PlanFolder.in(folder, "D1");
        mechanism = open();
        reading = FaultyMechanism.around(open(), time, 1);
        profile = Opening.of("profile", plan).time(time).open();
        audit = Opening.of("audit", plan).time(time).mechanism(reading).open();
        owner = profile.own(PROFILES);
        copy = audit.copy(PROFILES);
        Receipt last = owner.put(profile("a", 0));
        copy.awaitLive(SOON);
        copy.read("a", last, SOON);
    }

    @AfterEach
    void closeBoth() {
        audit.close();
        profile.close();
        reading.close();
        mechanism.close();
    }

    @Test
    void aLostRecordIsNotTakenForOneThatWasCompacted() {
        ActiveFault lost = reading.onDelivery(ITEM, DeliveryFault.drop().atMost(1));
        owner.put(profile("a", 1));
        await().atMost(SOON).until(() -> lost.bites() == 1);
        mechanism.applyRetention();
        owner.put(profile("b", 1));
        mechanism.applyRetention();

        awaitEqual();
    }

    @Test
    void aRecordThatComesLateIsNotTakenForOneThatWasCompacted() {
        ActiveFault late = reading.onDelivery(ITEM, DeliveryFault.reorder(3).atMost(1));
        owner.putAll(List.of(profile("a", 1), profile("b", 1)));
        mechanism.applyRetention();
        owner.put(profile("c", 1));

        awaitEqual();
        assertThat(late.bites()).isOne();
    }

    @Test
    void aLostRecordThatNothingFollowsIsFetchedAgain() {
        ActiveFault lost = reading.onDelivery(ITEM, DeliveryFault.drop().atMost(1));
        owner.put(profile("a", 1));

        awaitEqual();
        assertThat(lost.bites()).isOne();
    }

    @Test
    void aLostRecordThatDoesNotComeAgainYetIsNotTakenForOneThatWasCompacted() {
        reading.onDelivery(ITEM, DeliveryFault.drop().atMost(1));
        ActiveFault slow = reading.onDelivery(
                ITEM, DeliveryFault.delay(Duration.ofHours(1)).on(Reads.AGAIN));
        owner.putAll(List.of(profile("a", 1), profile("b", 1)));
        await().atMost(SOON).until(() -> copy.health().state() == HealthState.GAP);
        mechanism.applyRetention();
        long before = slow.bites();
        await().atMost(SOON).until(() -> slow.bites() > before + 1);

        assertThat(copy.health().state()).isEqualTo(HealthState.GAP);
        assertThat(copy.read("a")).isInstanceOf(Reading.Stale.class);
        slow.heal();
        awaitEqual();
    }

    private void awaitEqual() {
        await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));
        copy.awaitLive(SOON);
    }

    private static Profile profile(String id, int visits) {
        return new Profile(id, "name of " + id, id + "@example.org", visits);
    }

    private EmbeddedMechanism open() {
        return EmbeddedMechanism.open(new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, time));
    }
}
