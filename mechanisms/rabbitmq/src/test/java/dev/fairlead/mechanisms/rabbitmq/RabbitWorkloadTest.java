package dev.fairlead.mechanisms.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RabbitWorkloadTest {
    @TempDir
    Path folder;

    @Test
    void competingReceiversThatLetGoOfMessagesLoseNone() {
        Map<String, String> server = Rabbit.neverKilled(RealServer.RABBITMQ.shared());
        MechanismOpening opening =
                Rabbit.opening(server, "w" + ProcessHandle.current().pid() + "-", "30s");
        try (RabbitMechanism mechanism = RabbitMechanism.open(opening)) {
            Verdict verdict = QueueWorkload.run(mechanism, Durability.D1, 1, folder.resolve("history"));
            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.valid(5000, 0)).isTrue();
        }
        new RabbitProvider().remove(opening);
    }
}
