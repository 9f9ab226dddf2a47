package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.engine.OutboxErasingChild.Seam;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.DataFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a process that erases keys of an outbox, at each step and anywhere: what was begun is finished when the outbox is open again. */
@Tag("slow")
@Timeout(180)
class OutboxErasureKillTest {
    private static final int LATEST_KILL_MILLIS = 400;
    private static final List<Seam> KILLS = List.of(
            Seam.BEFORE_COMMIT,
            Seam.BEFORE_PUBLISHING,
            Seam.BEFORE_MARKING,
            Seam.NOWHERE,
            Seam.NOWHERE,
            Seam.NOWHERE,
            Seam.NOWHERE);

    @TempDir
    Path folder;

    /** The last keys that a killed process was about to sell to, whose erasure it had begun, and whose erasure had returned. */
    private record Reached(int sold, int begun, int returned) {}

    @ParameterizedTest
    @EnumSource
    void aKilledErasureIsFinishedWhenTheOutboxIsOpenAgain(Databases kind) throws Exception {
        Path plan = SalePlan.in(folder, "D1");
        String url = kind.urlOfNew(folder.resolve("business"));
        int next = 0;
        int finished = 0;
        Set<String> returned = new TreeSet<>();
        Set<String> sold = new TreeSet<>();
        for (int kill = 0; kill < KILLS.size(); kill++) {
            Seam seam = KILLS.get(kill);
            Reached reached = eraseAndKill(plan, url, seam, next, kill);
            Set<String> erased = open(
                    plan,
                    url,
                    sales -> sales.erasures().stream()
                            .peek(erasure -> assertThat(erasure.missing()).isEmpty())
                            .map(Erasure::key)
                            .collect(Collectors.toSet()));
            for (int i = next; i <= reached.returned(); i++) {
                returned.add("k" + i);
            }
            for (int i = next; i <= reached.begun(); i++) {
                sold.add("keep-" + i);
            }
            assertThat(erased).as("erasures before kill %d", kill).containsAll(returned);
            for (String key : erased) {
                assertThat(DataFiles.holding(folder.resolve("data"), marker(key)))
                        .as("files with what the erasure of %s was to take, after kill %d", key, kill)
                        .isEmpty();
            }
            String last = "k" + reached.begun();
            if (seam == Seam.BEFORE_COMMIT) {
                assertThat(erased).as("erasures after a kill %s", seam).doesNotContain(last);
                int left = open(
                        plan,
                        url,
                        sales -> sales.history(last, sales.oldest(), 100)
                                .records()
                                .size());
                assertThat(left).as("events of a key that was not erased").isEqualTo(OutboxErasingChild.EVENTS);
            } else if (seam != Seam.NOWHERE) {
                assertThat(erased).as("erasures after a kill %s", seam).contains(last);
            }
            finished += reached.begun() > reached.returned() && erased.contains(last) ? 1 : 0;
            next = reached.sold() + 1;
        }
        Map<String, List<Integer>> kept = open(plan, url, OutboxRaceTest::log);
        kept.keySet().removeIf(key -> !key.startsWith("keep-"));
        assertThat(kept).as("keys that were not erased").containsKeys(sold.toArray(String[]::new));
        assertThat(kept.values())
                .as("events of keys that were not erased")
                .allSatisfy(events -> assertThat(events).hasSize(1));
        assertThat(finished)
                .as("erasures that a kill hit and the next opening finished")
                .isGreaterThan(1);
    }

    private static String marker(String key) {
        return OutboxErasingChild.marker(Integer.parseInt(key.substring(1)));
    }

    private interface Look<T> {
        T at(Events<String, Sale> sales);
    }

    /** Opens the outbox, lets it publish what waits, and looks. */
    private static <T> T open(Path plan, String url, Look<T> look) {
        DataSource database = Databases.of(url);
        try (Fairlead checkout = SalePlan.open("checkout", plan, TimeSource.SYSTEM)) {
            Events<String, Sale> sales = checkout.events(SalePlan.SALES);
            Outbox<String, Sale> outbox =
                    sales.outbox(database, OutboxSettings.defaults().withPoll(Duration.ofMillis(20)));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> outbox.statistics().pending() == 0);
            return look.at(sales);
        } finally {
            if (url.startsWith("jdbc:h2:")) {
                Databases.execute(database, "SHUTDOWN");
            }
        }
    }

    private static Reached eraseAndKill(Path plan, String url, Seam seam, int first, int seed)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutboxErasingChild.class.getName(),
                        plan.toString(),
                        url,
                        seam.name(),
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
            Reached reached = new Reached(first - 1, first - 1, first - 1);
            boolean killed = false;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(OutboxErasingChild.SELLS)) {
                    reached = new Reached(number(line, OutboxErasingChild.SELLS), reached.begun(), reached.returned());
                } else if (line.startsWith(OutboxErasingChild.BEGINS)) {
                    reached = new Reached(reached.sold(), number(line, OutboxErasingChild.BEGINS), reached.returned());
                } else if (line.startsWith(OutboxErasingChild.RETURNED)) {
                    reached = new Reached(reached.sold(), reached.begun(), number(line, OutboxErasingChild.RETURNED));
                    if (seam == Seam.NOWHERE && !killed) {
                        killed = true;
                        Thread.ofPlatform().start(() -> killLater(child, new Random(seed)));
                    }
                } else if (line.equals(OutboxErasingChild.THERE)) {
                    killed = true;
                    child.toHandle().destroyForcibly(); // unlike that of the process, it leaves the output to be read
                }
            }
            assertThat(killed).as("the child came to %s", seam).isTrue();
            return reached;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static int number(String line, String behind) {
        return Integer.parseInt(line.substring(behind.length()));
    }

    private static void killLater(Process child, Random random) {
        try {
            boolean ended = child.waitFor(random.nextInt(LATEST_KILL_MILLIS * 1000), TimeUnit.MICROSECONDS);
            assertThat(ended).as("the child ended by itself").isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.toHandle().destroyForcibly();
    }
}
