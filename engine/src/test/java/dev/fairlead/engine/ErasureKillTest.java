package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills an owner in the middle of its erasures: what was begun is finished, and nothing is reported that is not so. */
@Tag("slow")
class ErasureKillTest {
    private static final int KILLS = 8;
    private static final int LATEST_KILL_MILLIS = 400;

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
    private static int eraseAndKill(Path plan, int first, int seed) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ErasingChild.class.getName(),
                        plan.toString(),
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
            assertThat(out.readLine()).isEqualTo(ErasingChild.READY);
            int returned = first;
            Thread killer = Thread.ofPlatform().start(() -> killLater(child, new Random(seed)));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                returned = Integer.parseInt(line) + 1;
            }
            killer.join();
            return returned;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static void killLater(Process child, Random random) {
        try {
            boolean ended = child.waitFor(random.nextInt(LATEST_KILL_MILLIS * 1000), TimeUnit.MICROSECONDS);
            assertThat(ended).as("the child ended by itself").isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.toHandle().destroyForcibly(); // unlike that of the process, it leaves the output to be read
    }
}
