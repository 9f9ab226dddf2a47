package dev.fairlead.engine;

import static dev.fairlead.engine.Shop.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.TellHandler;
import dev.fairlead.codecs.json.JsonCodecProvider;
import dev.fairlead.engine.Shop.Submit;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a message when the machine has no more threads: it comes again after the delay of a failed attempt, not with its lease. */
@Timeout(120)
class TellWorkTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofHours(1);
    private static final FailurePolicy POLICY =
            new FailurePolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private EmbeddedMechanism mechanism;
    private Shop shop;
    private QueueReceiver receiver;

    @BeforeEach
    void open() {
        mechanism = EmbeddedMechanism.open(new MechanismOpening(Map.of("durability", "D0"), folder, time));
        shop = new Shop(folder, time);
        shop.open("till", mechanism).tell(SUBMIT, new Submit("a"));
        receiver = mechanism.receive(SUBMIT.id(), LEASE);
    }

    @AfterEach
    void close() {
        receiver.close();
        shop.close();
        mechanism.close();
    }

    private static TellWork<Submit> work(TellHandler<Submit> handler, TimeSource clock, Executor apart) {
        return new TellWork<>(
                "test",
                SUBMIT.id(),
                new CallFormat(SUBMIT.id()),
                new RequestContent<>(
                        "a message",
                        new JsonCodecProvider().codec(Submit.class),
                        new RecordAccess<>("a message", Submit.class, Set.of())),
                handler,
                POLICY,
                new TellCounters(),
                clock,
                new Steps(Opening.foundTelemetry(), "shop"),
                apart);
    }

    private Delivered next() {
        List<Delivered> messages = new ArrayList<>();
        await().atMost(SOON).until(() -> messages.addAll(receiver.poll(1, Duration.ZERO)));
        return messages.getFirst();
    }

    /** Fails when the message is not there after the delay, long before its lease is over. */
    private void assertThatItComesAgain() {
        List<Delivered> messages = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            time.advance(POLICY.firstDelay());
            return messages.addAll(receiver.poll(1, Duration.ZERO));
        });
        assertThat(messages.getFirst().attempt()).isEqualTo(2);
        assertThat(Duration.ofNanos(time.nanos())).isLessThan(LEASE);
    }

    @Test
    void anAttemptThatTakesTooLongEndsWhereNoThreadCanBeMadeForThat() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        TellWork<Submit> work = work(
                (submit, told) -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                },
                time,
                task -> {
                    throw new RejectedExecutionException("no thread");
                });
        Delivered first = next();
        Thread handling = Thread.ofPlatform().daemon().start(() -> work.handle(first));
        begun.await();

        time.advance(POLICY.timeLimit());
        handling.join();
        assertThatItComesAgain();
    }

    @Test
    void anAttemptWhoseTimeCannotBeLimitedIsNotBegun() {
        TellWork<Submit> work = work(
                (submit, told) -> {
                    throw new AssertionError("called without a limit");
                },
                new WithoutAlarms(time),
                Runnable::run);

        work.handle(next());
        assertThatItComesAgain();
    }

    private record WithoutAlarms(TimeSource time) implements TimeSource {
        @Override
        public long nanos() {
            return time.nanos();
        }

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public Alarm at(long moment, Runnable action) {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }
}
