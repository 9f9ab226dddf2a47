package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.Opening;
import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.prove.HistoryProof;
import dev.fairlead.testkit.prove.Proven;
import dev.fairlead.testkit.prove.Prover;
import org.junit.jupiter.api.Test;

/** The workloads of the proof, judged by what their writers and readers saw. */
class KafkaHistoryTest {
    @Test
    void keepsWhatItPromisesToWritersAndReadersAtWork() {
        String url = RealServer.KAFKA.shared().getOrDefault("url", "");

        Proven proof = HistoryProof.prove(
                () -> new KafkaUnderTest(url),
                HistoryProof.Weather.FAIR,
                1,
                (service, plan, mechanism) ->
                        Opening.of(service, plan).mechanism(mechanism).open(),
                workload -> {});

        assertThat(proof.outcomes()).hasSizeGreaterThan(20).allMatch(Prover.Outcome::passed);
    }
}
