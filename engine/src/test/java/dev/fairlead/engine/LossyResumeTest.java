package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.StateItem;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.faults.Reads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reader that goes and comes again while records are lost on their way to it and its log is compacted: each copy ends as the fold of what was
 * written.
 */
class LossyResumeTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final String ITEM = "profile.profile";
    private static final int RESUMES = 70;
    private static final int KEYS = 30;

    record Profile(String customerId, String name, String email, int visits) {}

    private static final StateItem<String, Profile> PROFILES = StateItem.of(ITEM, String.class, Profile.class);

    @TempDir
    Path folder;

    private final Map<String, Profile> fold = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachCopyEndsEqualAmongLossesAndCompaction(long seed) {
        Path plan = PlanFolder.in(folder, "D1");
        Random random = new Random(seed);
        try (EmbeddedMechanism mechanism = open();
                FaultyMechanism reading = faulty(seed);
                Fairlead profile = Opening.of("profile", plan).open()) {
            Owner<String, Profile> owner = profile.own(PROFILES);
            for (int resume = 0; resume < RESUMES; resume++) {
                try (Fairlead audit =
                        Opening.of("audit", plan).mechanism(reading).open()) {
                    Copy<String, Profile> copy = audit.copy(PROFILES);
                    changes(owner, random, resume);
                    copy.awaitLive(SOON); // what is lost as it loads, among what was compacted before, nobody can tell
                    changes(owner, random, resume);
                    mechanism.applyRetention();
                    changes(owner, random, resume);
                    String which = "resume " + resume + " of seed " + seed;
                    await(which)
                            .atMost(SOON)
                            .pollDelay(Duration.ZERO)
                            .pollInterval(LOOK)
                            .untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));
                    copy.awaitLive(SOON);
                    assertThat(copy.snapshot().values()).as(which).isEqualTo(fold);
                }
            }
            assertThat(reading.bites()).isGreaterThan(RESUMES / 5);
        }
    }

    private void changes(Owner<String, Profile> owner, Random random, int visits) {
        for (int change = random.nextInt(6); change > 0; change--) {
            String key = "k" + random.nextInt(KEYS);
            if (random.nextInt(5) == 0) {
                owner.remove(key);
                fold.remove(key);
            } else {
                Profile value = new Profile(key, "name of " + key, "e", visits);
                owner.putAsync(value);
                fold.put(key, value);
            }
        }
    }

    private FaultyMechanism faulty(long seed) {
        FaultyMechanism reading = FaultyMechanism.around(open(), TimeSource.SYSTEM, seed);
        reading.onDelivery(ITEM, DeliveryFault.drop().withChance(0.05));
        reading.onDelivery(ITEM, DeliveryFault.duplicate().withChance(0.05));
        reading.onDelivery(ITEM, DeliveryFault.reorder(3).withChance(0.05));
        reading.onDelivery(ITEM, DeliveryFault.damage().withChance(0.02));
        reading.onDelivery(
                ITEM, DeliveryFault.fail(ErrorCode.UNREACHABLE).on(Reads.AGAIN).withChance(0.02));
        return reading;
    }

    private EmbeddedMechanism open() {
        return EmbeddedMechanism.open(
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM));
    }
}
