package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Copy;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that share by a plan whose landscape names Kafka, with a server that is killed in between. */
class KafkaLandscapeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ServerProcess server = RealServer.KAFKA.killable();
    private final String url = server.settings().getOrDefault("url", "");

    @TempDir
    Path plan;

    @BeforeEach
    void writePlan() throws IOException {
        Visits.writePlan(plan, url);
    }

    @Test
    void aCopyAndAGroupGoOnWhenTheServerComesBack() throws Exception {
        Set<String> heard = Collections.synchronizedSet(new TreeSet<>());
        long version;
        try (Fairlead profile = Fairlead.open("profile", plan);
                Fairlead billing = Fairlead.open("billing", plan)) {
            Owner<String, Visits.Profile> owner = profile.own(Visits.PROFILES);
            Events<String, Visits.Visit> visits = profile.events(Visits.ITEM);
            Copy<String, Visits.Profile> copy = billing.copy(Visits.PROFILES);
            billing.events(Visits.ITEM).follow("count", Handler.projection(event -> heard.add(event.key())));
            Receipt first = owner.put(new Visits.Profile("1", "Ada"));
            visits.append("1", new Visits.Came("home"));

            copy.awaitLive(PATIENCE);
            expect(copy, first, new Visits.Profile("1", "Ada"));
            Awaitility.await().atMost(PATIENCE).until(() -> heard.contains("1"));

            server.kill();
            server.restart();
            Receipt second = put(owner, new Visits.Profile("2", "Grace"));
            visits.append("2", new Visits.Came("shop"));
            version = second.version();

            expect(copy, second, new Visits.Profile("2", "Grace"));
            Awaitility.await().atMost(PATIENCE).until(() -> heard.contains("2"));
            Awaitility.await().atMost(PATIENCE).until(() -> copy.health().state() == HealthState.LIVE);
            List<EventRecord<String, Visits.Visit>> all =
                    visits.read(visits.oldest(), 10).records();
            assertThat(all).extracting(EventRecord::key).containsExactly("1", "2");
        }
        try (Fairlead again = Fairlead.open("profile", plan)) {
            assertThat(again.own(Visits.PROFILES)
                            .put(new Visits.Profile("2", "Hopper"))
                            .version())
                    .isEqualTo(version + 1);
        }
    }

    /** The first write after a kill may find the connection gone, and then nobody knows; a second one goes through. */
    private static Receipt put(Owner<String, Visits.Profile> owner, Visits.Profile profile) {
        try {
            return owner.put(profile);
        } catch (FairleadException unknown) {
            return owner.put(profile);
        }
    }

    private static void expect(Copy<String, Visits.Profile> copy, Receipt receipt, Visits.Profile expected) {
        assertThat(copy.read(expected.customerId(), receipt, PATIENCE))
                .isInstanceOfSatisfying(
                        Reading.Fresh.class, fresh -> assertThat(fresh.value()).isEqualTo(expected));
    }
}
