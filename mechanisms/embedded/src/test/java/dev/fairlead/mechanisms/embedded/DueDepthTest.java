package dev.fairlead.mechanisms.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the depth of a queue at the moments at which its messages become ready. */
class DueDepthTest {
    private static final String QUEUE = "billing.charge";
    private static final int MESSAGES = 200;

    private final SettableTime time = SettableTime.at(Instant.parse("2026-03-01T00:00:00Z"));
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    @TempDir
    Path folder;

    @Test
    void eachMessageIsCountedOnceWhileItBecomesReady() {
        try (EmbeddedMechanism mechanism =
                EmbeddedMechanism.open(new MechanismOpening(Map.of("data", "data"), folder, time))) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D1));
            Question message = new Question(new byte[] {1}, "charge".getBytes(UTF_8));
            for (int second = 1; second <= MESSAGES; second++) {
                mechanism.send(QUEUE, message, time.now().plusSeconds(second)).join();
            }
            CompletableFuture<Integer> most = CompletableFuture.supplyAsync(
                    () -> mostTooMany(mechanism),
                    task -> Thread.ofPlatform().daemon().start(task));
            try {
                for (int second = 1; second <= MESSAGES; second++) {
                    int come = due.incrementAndGet();
                    time.advance(Duration.ofSeconds(1));
                    await().atMost(Records.PATIENCE)
                            .pollInSameThread()
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> mechanism.depth(QUEUE).waiting() >= come);
                }
            } finally {
                ended.set(true);
            }
            assertThat(most.join()).isZero();
            await().atMost(Records.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(MESSAGES, 0, 0, 0)));
        }
    }

    private int mostTooMany(EmbeddedMechanism mechanism) {
        int most = 0;
        while (!ended.get()) {
            QueueDepth depth = mechanism.depth(QUEUE);
            assertThat(depth.waiting() + depth.later()).isEqualTo(MESSAGES);
            most = Math.max(most, (int) depth.waiting() - due.get());
        }
        return most;
    }
}
