package dev.fairlead.mechanisms.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.DataFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for erased messages in the files of a data folder. */
class MessageErasureTest {
    private static final String QUEUE = "billing.charge";
    private static final String SECRET = "what-stands-nowhere-else";

    @TempDir
    Path folder;

    private EmbeddedMechanism open() {
        return EmbeddedMechanism.open(
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM));
    }

    private static void send(EmbeddedMechanism mechanism, String text) {
        mechanism.send(QUEUE, message(text)).join();
    }

    private static Question message(String text) {
        return new Question(new byte[] {1}, text.getBytes(UTF_8));
    }

    private long filesWith(String text) {
        return DataFiles.holding(folder, text).size();
    }

    @Test
    void noFileHoldsWhatWaitedWasSettledOrSetAside() {
        try (EmbeddedMechanism mechanism = open()) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D1));
            QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1));
            for (int i = 0; i < 3; i++) {
                send(mechanism, SECRET + i);
            }
            List<Delivered> taken = receiver.poll(2, Duration.ofSeconds(10));
            taken.get(0).acknowledge().join();
            taken.get(1).setAside("cannot handle " + SECRET).join();
            send(mechanism, "kept");
            mechanism
                    .send(QUEUE, message(SECRET + " later"), Instant.now().plusSeconds(3600))
                    .join();
            assertThat(filesWith(SECRET)).isPositive();

            long erased = mechanism.erase(QUEUE, message -> new String(message.payload(), UTF_8).startsWith(SECRET));

            assertThat(erased).isEqualTo(3);
            assertThat(filesWith(SECRET)).isZero();
            assertThat(mechanism.depth(QUEUE).waiting()).isEqualTo(1);
        }
        try (EmbeddedMechanism again = open()) {
            assertThat(filesWith(SECRET)).isZero();
            assertThat(again.receive(QUEUE, Duration.ofMinutes(1)).poll(9, Duration.ofSeconds(10)))
                    .extracting(each -> new String(each.message().payload(), UTF_8))
                    .containsExactly("kept");
        }
    }
}
