package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that goes and comes again a thousand times while its owner writes and the log is compacted: each copy is the fold of what was written. */
class CopyResumeTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int RESUMES = 1000;
    private static final int KEYS = 50;
    private static final int COMPACTED_EVERY = 5;

    record Profile(String customerId, String name, String email, int visits) {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);

    @TempDir
    Path folder;

    @Test
    void eachCopyHoldsWhatWasWrittenWhereverItBegins() {
        PlanFolder.in(folder, "D1");
        Random random = new Random(42);
        Map<String, Profile> fold = new HashMap<>();
        try (EmbeddedMechanism mechanism = EmbeddedMechanism.open(
                        new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM));
                Fairlead profile =
                        Opening.of("profile", folder).time(TimeSource.SYSTEM).open();
                Fairlead anchor =
                        Opening.of("billing", folder).time(TimeSource.SYSTEM).open()) {
            assertThat(anchor.service()).isEqualTo("billing");
            Owner<String, Profile> owner = profile.own(PROFILES);
            Receipt last = owner.put(new Profile("k0", "first", "e", 0));
            fold.put("k0", new Profile("k0", "first", "e", 0));
            for (int resume = 0; resume < RESUMES; resume++) {
                try (Fairlead audit =
                        Opening.of("audit", folder).time(TimeSource.SYSTEM).open()) {
                    Copy<String, Profile> copy = audit.copy(PROFILES);
                    last = write(owner, fold, random, resume, last);
                    if (resume % COMPACTED_EVERY == 0) {
                        mechanism.applyRetention();
                        last = write(owner, fold, random, resume, last);
                    }
                    Reading<Profile> read = copy.read(last.key(), last, SOON);
                    assertThat(read).as("resume %d", resume).isNotInstanceOf(Reading.Unready.class);
                    assertThat(copy.digest()).as("resume %d", resume).isEqualTo(owner.digest());
                    assertThat(copy.snapshot().values()).as("resume %d", resume).isEqualTo(fold);
                }
            }
        }
    }

    /** Up to ten changes, some of them removals, while the copy loads. */
    private static Receipt write(
            Owner<String, Profile> owner, Map<String, Profile> fold, Random random, int resume, Receipt before) {
        CompletableFuture<Receipt> last = CompletableFuture.completedFuture(before);
        int changes = random.nextInt(10);
        for (int change = 0; change < changes; change++) {
            String key = "k" + random.nextInt(KEYS);
            if (random.nextInt(5) == 0) {
                last = CompletableFuture.completedFuture(owner.remove(key));
                fold.remove(key);
            } else {
                Profile value = new Profile(key, "name " + resume, "e", change);
                last = owner.putAsync(value);
                fold.put(key, value);
            }
        }
        return last.join();
    }
}
