package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.engine.OutboxChild.Seam;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that sells through an outbox, exactly between save and publish, between publish and mark, and anywhere. */
@Tag("slow")
@Timeout(120)
class OutboxKillTest {
    private static final int COMMITS_AFTER_THE_SEAM = 10;
    private static final int COMMITS_ANYWHERE = 40;

    @TempDir
    Path folder;

    @Test
    void whatIsCommittedIsPublishedOnceWhereverTheProcessIsKilled() throws Exception {
        Path plan = SalePlan.in(folder, "D1");
        String url = Databases.urlOfNewPostgres();
        DataSource database = Databases.postgres(url);
        Databases.execute(database, "CREATE TABLE sold (sale varchar(20), number int, PRIMARY KEY (sale, number))");
        List<Seam> kills = List.of(
                Seam.BEFORE_PUBLISHING,
                Seam.BEFORE_MARKING,
                Seam.NOWHERE,
                Seam.BEFORE_MARKING,
                Seam.NOWHERE,
                Seam.BEFORE_MARKING);
        for (Seam seam : kills) {
            sellAndKill(plan, url, seam);
            assertThat(pending(database)).as("left behind by a kill %s", seam).isPositive();
        }

        try (Fairlead checkout = SalePlan.open("checkout", plan, TimeSource.SYSTEM)) {
            Events<String, Sale> sales = checkout.events(SalePlan.SALES);
            Outbox<String, Sale> outbox =
                    sales.outbox(database, OutboxSettings.defaults().withPoll(Duration.ofMillis(20)));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> outbox.statistics().pending() == 0);
            assertThat(outbox.statistics().recognised()).isPositive();
            assertThat(OutboxRaceTest.log(sales)).isEqualTo(sold(database)).hasSize(OutboxChild.WRITERS);
        }
    }

    private static int pending(DataSource database) {
        return Integer.parseInt(Databases.query(database, "SELECT count(*) FROM fairlead_outbox")
                .getFirst());
    }

    static Map<String, List<Integer>> sold(DataSource database) {
        Map<String, List<Integer>> sold = new TreeMap<>();
        for (String row : Databases.query(database, "SELECT sale, MAX(number) FROM sold GROUP BY sale")) {
            String[] columns = row.split(" ");
            sold.put(
                    columns[0],
                    IntStream.rangeClosed(1, Integer.parseInt(columns[1]))
                            .boxed()
                            .toList());
        }
        return sold;
    }

    private static void sellAndKill(Path plan, String url, Seam seam) {
        runAndKill(OutboxChild.class, plan, url, seam);
    }

    /** Runs a process that says what it commits, and kills it some commits after it has come to the seam. */
    static void runAndKill(Class<?> main, Path plan, String url, Seam seam) {
        try (ChildJvm child = ChildJvm.of(main).start(plan.toString(), url, seam.name(), OutboxChild.NO_PORT)) {
            int left = seam == Seam.NOWHERE ? COMMITS_ANYWHERE : Integer.MAX_VALUE;
            for (String line = child.line(); line != null; line = child.line()) {
                if (line.equals(OutboxChild.THERE)) {
                    left = COMMITS_AFTER_THE_SEAM;
                } else if (line.startsWith(OutboxChild.COMMITTED)) {
                    left--;
                }
                if (left == 0) {
                    child.kill();
                }
            }
            assertThat(left)
                    .as("commits left when the child ended, seam %s", seam)
                    .isNotPositive();
        }
    }
}
