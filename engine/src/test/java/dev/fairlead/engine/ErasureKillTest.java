package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.testkit.DataFiles;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills an owner in the middle of its erasures: what was begun is finished, and nothing is reported that is not so. */
@Tag("slow")
class ErasureKillTest {
    private static final int KILLS = 8;
    private static final Duration LATEST_KILL = Duration.ofMillis(400);

    @TempDir
    Path folder;

    @Test
    void aKilledErasureIsFinishedByTheNextOwner() throws Exception {
        Path plan = PlanFolder.in(folder, "D1");
        int next = 0;
        int unfinished = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int returned = eraseAndKill(plan, next, kill);
            try (Fairlead fairlead = Opening.of("profile", plan).open()) {
                Owner<String, ErasingChild.Profile> owner = fairlead.own(ErasingChild.PROFILES);
                List<Erasure> erasures = owner.erasures();
                assertThat(erasures.size()).as("erasures after kill %d", kill).isGreaterThanOrEqualTo(returned);
                for (Erasure erasure : erasures) {
                    assertThat(erasure.missing()).doesNotContain("profile/log");
                    int number = Integer.parseInt(erasure.key().substring(1));
                    assertThat(DataFiles.holding(folder, ErasingChild.marker(number)))
                            .as("files with what erasure %d was to take, after kill %d", number, kill)
                            .isEmpty();
                }
                unfinished += erasures.size() - returned;
                next = erasures.size();
                if (owner.size() > next) {
                    owner.erase("k" + next++);
                }
                assertThat(owner.size())
                        .as("keys that stay after kill %d", kill)
                        .isEqualTo(next);
            }
        }
        assertThat(unfinished)
                .as("erasures that a kill hit between their record and their end")
                .isPositive();
    }

    /** How many erasures, this time and before, have returned. */
    private static int eraseAndKill(Path plan, int first, int seed) throws InterruptedException {
        try (ChildJvm child = ChildJvm.of(ErasingChild.class).start(plan.toString(), String.valueOf(first))) {
            child.awaitReady();
            int returned = first;
            ChildJvm.Killing killing = child.killWithin(LATEST_KILL, new Random(seed));
            for (String line = child.line(); line != null; line = child.line()) {
                returned = Integer.parseInt(line) + 1;
            }
            killing.join();
            return returned;
        }
    }
}
