package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.PATIENCE;
import static dev.fairlead.mechanisms.embedded.Records.entry;
import static dev.fairlead.mechanisms.embedded.Records.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.Seeds;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holders of a message or of a log that stand still for a part of their lease, for all of it, and for several times as long, and go on as if
 * nothing had been: what they held was theirs or is another's, and never both.
 */
class PausedHoldersTest {
    private static final String QUEUE = "billing.charge";
    private static final String LOG = "checkout.sale";
    private static final int PAUSES = 40;

    /** Parts of the lease, in percent: 5, 30 and 90 seconds of the usual ten are 50, 300 and 900. */
    private static final int[] PERCENT = {0, 50, 99, 100, 101, 300, 900};

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private EmbeddedMechanism mechanism;

    @BeforeEach
    void open() {
        mechanism = Records.open(folder, Durability.D0, time);
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    private static boolean took(CompletableFuture<Void> settlement) {
        boolean failed = settlement.handle((done, failure) -> failure != null).join();
        if (failed) {
            assertThat(failure(settlement).code()).isEqualTo(ErrorCode.FENCED);
        }
        return !failed;
    }

    @Test
    void aMessageIsSettledByOneOfItsHoldersHoweverLongTheFirstStoodStill() {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D0));
        Seeds.first(PAUSES).check((seed, random) -> {
            Duration lease = Duration.ofMillis(random.nextLong(1, 60_000));
            int percent = PERCENT[(int) (seed % PERCENT.length)];
            try (QueueReceiver paused = mechanism.receive(QUEUE, lease);
                    QueueReceiver successor = mechanism.receive(QUEUE, lease)) {
                mechanism
                        .send(QUEUE, new Question(new byte[] {1}, new byte[] {2}))
                        .join();
                Delivered held = paused.poll(1, PATIENCE).getFirst();
                time.advance(lease.multipliedBy(percent).dividedBy(100));

                boolean itsOwn = percent < 100;
                if (itsOwn) {
                    assertThat(successor.poll(1, Duration.ZERO)).isEmpty();
                    assertThat(took(held.acknowledge())).isTrue();
                } else {
                    Delivered taken = next(successor);
                    assertThat(taken.attempt()).isEqualTo(2);
                    assertThat(took(late(held, random))).isFalse();
                    assertThat(took(taken.acknowledge())).isTrue();
                }
                assertThat(took(late(held, random))).isFalse();
                assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
            }
        });
    }

    private static Delivered next(QueueReceiver receiver) {
        List<Delivered> messages = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> messages.addAll(receiver.poll(1, Duration.ZERO)));
        return messages.getFirst();
    }

    /** What a holder may do who does not know how late it is. */
    private static CompletableFuture<Void> late(Delivered held, RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> held.acknowledge();
            case 1 -> held.giveBack(Duration.ZERO);
            case 2 -> held.handBack();
            default -> held.setAside("late");
        };
    }

    @Test
    void aWriterWhoseLogWasClaimedMeanwhileAppendsNothing() {
        mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), Durability.D0));
        long[] appended = {0};
        Seeds.first(PAUSES).check((seed, random) -> {
            try (LogWriter paused = mechanism.claim(LOG, "one")) {
                paused.append(0, List.of(entry("k", "before"))).join();
                time.advance(Duration.ofMillis(random.nextLong(90_000)));
                try (LogWriter successor = mechanism.claim(LOG, "other")) {
                    int more = random.nextInt(3);
                    for (int i = 0; i < more; i++) {
                        successor.append(0, List.of(entry("k", "after"))).join();
                    }
                    assertThat(successor.epoch()).isGreaterThan(paused.epoch());
                    CompletableFuture<?> zombie = paused.append(0, List.of(entry("k", "zombie")));
                    assertThat(failure(zombie).code()).isEqualTo(ErrorCode.FENCED);
                    appended[0] += 1 + more;
                    assertThat(mechanism.bounds(LOG, 0).end()).isEqualTo(appended[0]);
                }
            }
        });
    }
}
