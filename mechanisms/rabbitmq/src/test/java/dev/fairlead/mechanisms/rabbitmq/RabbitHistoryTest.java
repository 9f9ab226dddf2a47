package dev.fairlead.mechanisms.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.Opening;
import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.prove.HistoryProof;
import dev.fairlead.testkit.prove.Proven;
import dev.fairlead.testkit.prove.Prover;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The workloads of the proof, judged by what their writers and readers saw. */
class RabbitHistoryTest {
    @Test
    void keepsWhatItPromisesToWritersAndReadersAtWork() {
        Map<String, String> server = RealServer.RABBITMQ.shared();

        Proven proof = HistoryProof.prove(
                () -> new RabbitUnderTest(server),
                HistoryProof.Weather.FAIR,
                1,
                (service, plan, mechanism) ->
                        Opening.of(service, plan).mechanism(mechanism).open(),
                workload -> {});

        assertThat(proof.outcomes()).hasSizeGreaterThan(20).allMatch(Prover.Outcome::passed);
    }
}
