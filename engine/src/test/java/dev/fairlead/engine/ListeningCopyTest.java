package dev.fairlead.engine;

import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Change;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.StateItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A copy that is opened with a listener misses no record, however fast it loads. */
class ListeningCopyTest {
    record Profile(String customerId, String name, String email, int visits) {}

    record Billed(String customerId, String name) {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);
    private static final StateItem<String, Billed> BILLED = StateItem.of("profile.profile", String.class, Billed.class);

    @TempDir
    Path folder;

    @RepeatedTest(5)
    void itsListenerHearsOfEveryRecordOfTheLog() {
        Path plan = PlanFolder.in(folder, "D1");
        List<Long> heard = new CopyOnWriteArrayList<>();
        try (Fairlead profile = Opening.of("profile", plan).open();
                Fairlead billing = Opening.of("billing", plan).open()) {
            Owner<String, Profile> owner = profile.own(PROFILES);
            owner.putAll(IntStream.range(0, 50)
                    .mapToObj(i -> new Profile("k" + i, "n", "e", i))
                    .toList());
            owner.remove("k0");
            billing.copy(
                    BILLED,
                    (Change<String, Billed> change) -> heard.add(change.mark().sequence()));
            owner.put(new Profile("k1", "n", "e", 1));

            List<Long> all = IntStream.range(0, 52).mapToObj(Long::valueOf).toList();
            await().atMost(Duration.ofMinutes(1)).until(() -> heard.equals(all));
        }
    }
}
