package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.OutboxChild.Seam;
import dev.fairlead.engine.StateOutboxChild.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills an owner of state between save and publish, between publish and mark, and anywhere. */
@Tag("slow")
@Timeout(180)
class StateOutboxKillTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    /** The version of a key counts its changes, so that one that is published twice, or lost, shows. */
    @Test
    void whatIsCommittedIsPublishedOnceWhereverTheOwnerIsKilled() throws Exception {
        Path plan = PlanFolder.in(folder, "D1");
        String url = Databases.urlOfNewPostgres();
        DataSource database = Databases.postgres(url);
        Databases.execute(database, "CREATE TABLE visit (customer varchar(20) PRIMARY KEY, visits int)");
        List<Seam> kills =
                List.of(Seam.BEFORE_PUBLISHING, Seam.BEFORE_MARKING, Seam.NOWHERE, Seam.BEFORE_MARKING, Seam.NOWHERE);
        for (Seam seam : kills) {
            OutboxKillTest.runAndKill(StateOutboxChild.class, plan, url, seam);
            if (seam != Seam.NOWHERE) {
                assertThat(Databases.query(database, "SELECT 1 FROM fairlead_outbox LIMIT 1"))
                        .as("left behind by a kill %s", seam)
                        .isNotEmpty();
            }
        }

        try (Fairlead profile = Opening.of("profile", plan).open();
                Fairlead audit = Opening.of("audit", plan).open()) {
            Owner<String, Profile> owner = profile.own(StateOutboxChild.PROFILES);
            Copy<String, Profile> copy = audit.copy(StateOutboxChild.PROFILES);
            StateOutbox<String, Profile> outbox =
                    owner.outbox(database, OutboxSettings.defaults().withPoll(Duration.ofMillis(20)));
            await().atMost(SOON).until(() -> outbox.statistics().pending() == 0);
            assertThat(outbox.statistics().recognised()).isPositive();
            await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));
            List<String> visits = Databases.query(database, "SELECT customer, visits FROM visit ORDER BY customer");
            assertThat(visits).hasSize(OutboxChild.WRITERS).allSatisfy(row -> {
                String[] columns = row.split(" ");
                int number = Integer.parseInt(columns[1]);
                assertThat(copy.read(columns[0])).isInstanceOfSatisfying(Reading.Fresh.class, fresh -> {
                    assertThat(fresh.value()).isEqualTo(new Profile(columns[0], "n" + number, "e", number));
                    assertThat(fresh.mark().version()).isEqualTo(number);
                });
            });
        }
    }
}
