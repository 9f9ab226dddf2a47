package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TellPumpTest {
    private static final String QUEUE = "shop.submit";
    private static final int TOLD = 20;
    private static final int MISSING = 3;

    @TempDir
    Path folder;

    /** The clock stands, so that no lease ends: what kept its lease would never come. */
    @Test
    void whatFindsNoThreadIsGivenBackAndComesAgainAsItsFirstAttempt() {
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        try (EmbeddedMechanism mechanism = EmbeddedMechanism.open(
                new MechanismOpening(Map.of("durability", "D0"), folder, SettableTime.create()))) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D0));
            for (int i = 0; i < TOLD; i++) {
                mechanism
                        .send(QUEUE, new Question(new byte[0], ("m" + i).getBytes(UTF_8)))
                        .join();
            }
            TellPump pump = new TellPump(
                    "test",
                    mechanism.receive(QUEUE, Duration.ofMinutes(1)),
                    message -> handle(message, handled),
                    threads(refused));
            pump.start();

            await().atMost(Duration.ofMinutes(1)).until(() -> handled.size() >= TOLD);
            pump.close();
            assertThat(mechanism.depth(QUEUE).held()).isZero();
        }
        assertThat(refused).hasValue(MISSING);
        assertThat(handled).hasSize(TOLD).doesNotHaveDuplicates().allMatch(each -> each.endsWith(" 1"));
    }

    private static void handle(Delivered message, Queue<String> handled) {
        message.acknowledge().join();
        handled.add(new String(message.message().payload(), UTF_8) + " " + message.attempt());
    }

    /** The first threads cannot be made, as where the operating system has none left. */
    private static ThreadFactory threads(AtomicInteger refused) {
        return work -> {
            if (refused.get() < MISSING) {
                refused.incrementAndGet();
                throw new OutOfMemoryError("unable to create native thread");
            }
            return Thread.ofPlatform().daemon().unstarted(work);
        };
    }
}
