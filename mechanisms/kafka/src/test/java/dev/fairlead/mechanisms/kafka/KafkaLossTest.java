package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.engine.Opening;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.ActiveFault;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.faults.Reads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that is lost between Kafka and a copy is noticed although its topic is compacted, and comes again. */
class KafkaLossTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ITEM = "profile.profile";

    @TempDir
    Path plan;

    @Test
    void aLostRecordPutsItsKeyIntoAGapUntilItIsThereAgain() throws Exception {
        String url = RealServer.KAFKA.shared().getOrDefault("url", "");
        Visits.writePlan(plan, url);
        try (FaultyMechanism lossy =
                        FaultyMechanism.around(Kafka.open(url, Visits.prefix(plan), "60s"), TimeSource.SYSTEM, 1);
                Fairlead profile = Fairlead.open("profile", plan);
                Fairlead billing = Opening.of("billing", plan).mechanism(lossy).open()) {
            Owner<String, Visits.Profile> owner = profile.own(Visits.PROFILES);
            owner.putAll(List.of(
                    new Visits.Profile("1", "Ada"), new Visits.Profile("2", "Bob"), new Visits.Profile("3", "Cy")));
            Copy<String, Visits.Profile> copy = billing.copy(Visits.PROFILES);
            copy.awaitLive(PATIENCE);
            lossy.onDelivery(ITEM, DeliveryFault.drop().atMost(1));
            ActiveFault refusal = lossy.onDelivery(
                    ITEM, DeliveryFault.fail(ErrorCode.UNREACHABLE).on(Reads.AGAIN));

            owner.putAll(List.of(new Visits.Profile("2", "Grace"), new Visits.Profile("3", "Cyd")));

            Awaitility.await().atMost(PATIENCE).until(() -> copy.health().gaps().equals(Set.of("2")));
            Awaitility.await().atMost(PATIENCE).until(() -> copy.read("1") instanceof Reading.Fresh);
            refusal.heal();
            Awaitility.await().atMost(PATIENCE).until(() -> copy.digest().equals(owner.digest()));
            assertThat(copy.snapshot().values()).containsEntry("2", new Visits.Profile("2", "Grace"));
        }
    }
}
