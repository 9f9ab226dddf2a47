package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.testkit.process.ChildJvm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A receiver whose process stands still for so long that the broker gives it up, and then goes on. */
class ZombieTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void whatItHeldIsWithAnotherAndItCannotSettleIt(RealServer kind) throws Exception {
        Map<String, String> server = kind.shared();
        String prefix = ActivemqUnderTest.newPrefix();
        try (ActivemqMechanism mechanism = Activemq.open(server, prefix, "30s")) {
            Activemq.define(mechanism);
            Activemq.send(mechanism, "a");
            try (ChildJvm zombie = ChildJvm.of(QueueChild.class)
                    .start(server.getOrDefault("url", ""), prefix)
                    .awaitReady()) {
                zombie.pause();
                Delivered again = Activemq.next(mechanism.receive(Activemq.QUEUE, Activemq.LEASE), PATIENCE);
                assertThat(Activemq.text(again)).isEqualTo("a");
                zombie.resume();
                zombie.tell();

                // Its client may not have noticed yet that the broker has closed the connection.
                assertThat(zombie.line()).isIn("FENCED", "UNREACHABLE", "OUTCOME_UNKNOWN");
                assertThat(zombie.line()).isEqualTo("FENCED");
                assertThat(mechanism.depth(Activemq.QUEUE)).isEqualTo(new QueueDepth(0, 0, 1, 0));
                Activemq.join(again.acknowledge());
            }
            assertThat(mechanism.depth(Activemq.QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
        }
    }
}
