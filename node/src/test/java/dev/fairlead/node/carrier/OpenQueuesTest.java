package dev.fairlead.node.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.wire.QueueMessages.Handed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of polls and of other acts that are sent again, of those that come late, and of what reached nobody. */
class OpenQueuesTest {
    private static final String QUEUE = "shop.parcel";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Mechanism mechanism;
    private Queue queue;
    private OpenQueues open;

    @BeforeEach
    void define() {
        mechanism = EmbeddedStore.in(folder);
        queue = (Queue) mechanism;
        queue.define(new QueueDefinition(QUEUE, Durability.D0));
        open = new OpenQueues(queue);
        open.receive(QUEUE, "r", LEASE);
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    private void send(String... texts) {
        for (String each : texts) {
            queue.send(QUEUE, new Question(new byte[0], each.getBytes(UTF_8))).join();
        }
    }

    private List<Handed> poll(String receiver, long number) {
        return open.receiver(QUEUE, receiver).poll(number, 1, PATIENCE).orElseThrow();
    }

    private static String text(List<Handed> handed) {
        return new String(handed.getFirst().message().payload(), UTF_8);
    }

    private static void fails(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void aPollThatIsMadeAgainGetsTheSame() {
        send("a", "b");
        List<Handed> first = poll("r", 1);
        assertThat(poll("r", 1)).isEqualTo(first);
        assertThat(text(first)).isEqualTo("a");
        assertThat(text(poll("r", 2))).isEqualTo("b");
        fails(ErrorCode.BAD_VALUE, () -> poll("r", 1));
        assertThat(queue.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 2, 0));
    }

    @Test
    void whatReachedNobodyGoesBackUncounted() {
        send("a", "b");
        poll("r", 1);
        poll("r", 2);
        open.leave(QUEUE, "r", 1);
        open.receive(QUEUE, "s", LEASE);
        List<Handed> again = poll("s", 1);
        assertThat(text(again)).isEqualTo("b");
        assertThat(again.getFirst().attempt()).isEqualTo(1);
        assertThat(queue.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 2, 0));
        fails(ErrorCode.BAD_VALUE, () -> poll("r", 3));
    }

    @Test
    void aReceiverThatLeavesTakesNothingAnyMore() {
        CompletableFuture<List<Handed>> waiting = new CompletableFuture<>();
        Thread polling = Thread.ofPlatform().start(() -> waiting.completeAsync(() -> poll("r", 1), Runnable::run));
        await().atMost(PATIENCE).until(() -> polling.getState() == Thread.State.TIMED_WAITING);
        open.leave(QUEUE, "r", 0);
        send("a");
        assertThat(waiting).failsWithin(PATIENCE);
        open.receive(QUEUE, "s", LEASE);
        assertThat(text(poll("s", 1))).isEqualTo("a");
    }

    @Test
    void whatIsSentAgainIsDoneOnceAlsoWhileItGoesOn() throws Exception {
        Repeated<String> acts = new Repeated<>(Duration.ofMillis(1));
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        assertThat(acts.once(1, () -> {
                    runs.incrementAndGet();
                    awaited(goOn);
                    return "done";
                }))
                .isEmpty();
        goOn.countDown();
        await().atMost(PATIENCE).until(() -> acts.once(1, () -> "done again").equals(Optional.of("done")));
        assertThat(runs).hasValue(1);
        fails(ErrorCode.BAD_VALUE, () -> acts.once(0, () -> "late"));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatFailedIsDoneWhenItIsSentAgain() {
        Repeated<String> acts = new Repeated<>(PATIENCE);
        fails(
                ErrorCode.STORAGE_FULL,
                () -> acts.once(1, () -> {
                    throw new FairleadException(ErrorCode.STORAGE_FULL, "full");
                }));
        assertThat(acts.once(1, () -> "done")).contains("done");
    }

    @Test
    void noMoreIsHandedOutWhileTooMuchIsHeld() {
        byte[] large = new byte[Question.MAX_PAYLOAD];
        for (int i = 0; i < 66; i++) {
            queue.send(QUEUE, new Question(new byte[0], large)).join();
        }
        long number = 1;
        while (number <= 64) {
            poll("r", number++);
        }
        long last = number;
        fails(ErrorCode.UNREACHABLE, () -> poll("r", last));
        assertThat(queue.depth(QUEUE).held()).isEqualTo(64);
        open.holdings().find(QUEUE, 1).orElseThrow().acknowledge().join();
        open.holdings().forget(1);
        assertThat(poll("r", last)).hasSize(1);
        assertThat(open.isIdle()).as("while something is held").isFalse();
    }
}
