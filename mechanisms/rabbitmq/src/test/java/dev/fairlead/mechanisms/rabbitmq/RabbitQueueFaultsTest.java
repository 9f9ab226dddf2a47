package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.faults.TcpProxy;
import dev.fairlead.testkit.process.ChildJvm;
import dev.fairlead.testkit.workload.QueueMember;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages when a receiver's process is killed or stands still, and when the network fails. */
class RabbitQueueFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String NAME = "shop.pay";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Map<String, String> server = Rabbit.neverKilled(RealServer.RABBITMQ.shared());
    private final String prefix = "m" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
    private final MechanismOpening opening = Rabbit.opening(server, prefix, "30s");
    private RabbitMechanism mechanism;

    @BeforeEach
    void open() {
        mechanism = RabbitMechanism.open(opening);
        mechanism.define(new QueueDefinition(NAME, Durability.D2));
    }

    @AfterEach
    void close() {
        mechanism.close();
        new RabbitProvider().remove(opening);
    }

    private static void send(RabbitMechanism by, String text) {
        try {
            by.send(NAME, new Question(new byte[0], text.getBytes(UTF_8))).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known ? known : e;
        }
    }

    private static String text(Delivered delivered) {
        return new String(delivered.message().payload(), UTF_8);
    }

    private static Delivered next(QueueReceiver receiver) {
        return receiver.poll(1, PATIENCE).getFirst();
    }

    private static void acknowledge(Delivered delivered) {
        try {
            delivered.acknowledge().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known ? known : e;
        }
    }

    private static void fails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    /** Another process's view, with the messages going through the proxy. */
    private RabbitMechanism through(TcpProxy proxy, String timeout) {
        Map<String, String> settings = new HashMap<>(server);
        settings.put("url", "amqp://127.0.0.1:" + proxy.port());
        return Rabbit.open(settings, prefix, timeout);
    }

    private TcpProxy proxy() {
        return TcpProxy.to(URI.create(server.getOrDefault("url", "")).getPort());
    }

    @Test
    void aLetterThatWasSentAgainAndNotNotedIsNotedByWhoGetsIt() throws Exception {
        send(mechanism, "bad");
        try (QueueReceiver receiver = mechanism.receive(NAME, LONG)) {
            next(receiver).setAside("unknown").join();
            DeadLetter letter =
                    mechanism.deadLetters(NAME).list(DeadLetters.START, 1).getFirst();
            Messages.Outgoing again = Messages.redriven(letter);
            try (Connection killed = ServerQueues.connect(server);
                    Channel channel = killed.createChannel()) {
                channel.confirmSelect();
                channel.basicPublish("", prefix + NAME + ":queue", again.properties(), again.body());
                channel.waitForConfirmsOrDie();
            }

            Delivered message = next(receiver);

            assertThat(text(message)).isEqualTo("bad");
            assertThat(mechanism.deadLetters(NAME).list(DeadLetters.START, 1)).isEmpty();
            message.setAside("still unknown").join();
            assertThat(mechanism.deadLetters(NAME).list(DeadLetters.START, 2)).hasSize(1);
        }
    }

    @Test
    void whatStandsBehindAMessageThatFillsAPageAloneComes() {
        ServerQueues.publish(prefix + NAME + ":queue", server, "x".repeat(17 << 20));
        for (int i = 0; i < 20; i++) {
            send(mechanism, "small " + i);
        }
        List<String> came = new ArrayList<>();
        try (QueueReceiver receiver = mechanism.receive(NAME, LONG)) {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                for (Delivered each : receiver.poll(100, Duration.ofMillis(100))) {
                    came.add(text(each));
                    acknowledge(each);
                }
                return came.size() == 21;
            });
        }
        assertThat(came).doesNotHaveDuplicates().contains("", "small 0", "small 19");
        assertThat(mechanism.depth(NAME)).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }

    /** The server allows 2,047 channels to a connection. */
    @Test
    void receiversThatAreClosedLeaveNoChannels() {
        for (int i = 0; i < 2_100; i++) {
            try (QueueReceiver receiver = mechanism.receive(NAME, LONG)) {
                assertThat(receiver.poll(1, Duration.ZERO)).isEmpty();
            }
        }
    }

    @Test
    void ofAMessageThatIsThereTwiceNoneComesWhenOneWasSetAside() {
        send(mechanism, "given-back");
        try (TcpProxy proxy = proxy();
                RabbitMechanism cut = through(proxy, "30s");
                QueueReceiver receiver = cut.receive(NAME, LONG)) {
            Delivered held = next(receiver);
            proxy.cutAnswerTo(request -> new String(request, UTF_8).contains("given-back"));
            assertThatThrownBy(() -> held.giveBack(Duration.ZERO).join())
                    .as("it was sent anew, and not acknowledged")
                    .hasCauseInstanceOf(FairleadException.class);
            assertThat(proxy.cuts()).isEqualTo(1);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> mechanism.depth(NAME).equals(new QueueDepth(2, 0, 0, 0)));
        try (QueueReceiver receiver = mechanism.receive(NAME, LONG)) {
            Delivered one = next(receiver);
            assertThat(one.attempt()).isEqualTo(2);
            one.setAside("unknown").join();

            assertThat(receiver.poll(1, Duration.ofMillis(300))).isEmpty();
            assertThat(mechanism.depth(NAME)).isEqualTo(new QueueDepth(0, 0, 0, 1));
        }
    }

    @Test
    void whatAKilledMemberHeldComesToAnotherAndWhatItDidDoesNot() throws Exception {
        for (int i = 0; i < 100; i++) {
            send(mechanism, "m" + i);
        }
        Set<String> done = new HashSet<>();
        try (ChildJvm child = QueueMember.working(RabbitMechanism.NAME, opening.settings(), NAME)) {
            while (done.size() < 20) {
                done.add(child.line());
            }
            child.kill();
            for (String line = child.line(); line != null; line = child.line()) {
                done.add(line);
            }
        }
        Set<String> came = new HashSet<>();
        try (QueueReceiver receiver = mechanism.receive(NAME, LONG)) {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                for (Delivered each : receiver.poll(50, Duration.ofSeconds(1))) {
                    assertThat(came.add(text(each)))
                            .as(text(each) + " for the first time")
                            .isTrue();
                    acknowledge(each);
                }
                return mechanism.depth(NAME).equals(new QueueDepth(0, 0, 0, 0));
            });
        }
        assertThat(came).doesNotContainAnyElementsOf(done);
        came.addAll(done);
        // what it acknowledged and had not yet said when it was killed is neither here nor there
        assertThat(came.size()).isBetween(95, 100);
    }

    @Test
    void aZombieIsFencedOnItsLogAndOnItsMessage() throws Exception {
        mechanism.define(new LogDefinition(NAME, new Retention.KeepAll(), Durability.D1));
        send(mechanism, "once");
        Map<String, String> impatient = new HashMap<>(opening.settings());
        impatient.put(
                "timeout", "4s"); // the server takes a message back after two of its heartbeats, half of this each
        try (ChildJvm zombie = QueueMember.holding(RabbitMechanism.NAME, impatient, NAME)) {
            zombie.pause();
            LogWriter writer = mechanism.claim(NAME, "successor");
            Rabbit.append(writer, "mine");
            try (QueueReceiver receiver = mechanism.receive(NAME, LONG)) {
                Delivered again = next(receiver);
                assertThat(again.attempt()).isEqualTo(2);
                zombie.resume();
                zombie.tell();

                assertThat(zombie.line()).isEqualTo("FENCED FENCED");
                acknowledge(again);
            }
        }
        try (LogReader reader = mechanism.read(NAME, 0, 0)) {
            assertThat(Rabbit.next(reader, PATIENCE)).isEqualTo("of the child");
            assertThat(Rabbit.next(reader, PATIENCE)).isEqualTo("mine");
        }
    }

    @Test
    void aMessageWhoseConfirmationWasLostIsThereAndItsSenderIsToldThatItMayBe() {
        try (TcpProxy proxy = proxy();
                RabbitMechanism cut = through(proxy, "30s")) {
            send(cut, "before");
            proxy.cutAnswerTo(request -> new String(request, UTF_8).contains("lost-answer"));
            fails(ErrorCode.OUTCOME_UNKNOWN, () -> send(cut, "lost-answer"));
            assertThat(proxy.cuts()).isEqualTo(1);
            proxy.cutAnswerTo(request -> false);
            send(cut, "after");
        }
        try (QueueReceiver receiver = mechanism.receive(NAME, LONG)) {
            for (String expected : new String[] {"before", "lost-answer", "after"}) {
                Delivered each = next(receiver);
                assertThat(text(each)).isEqualTo(expected);
                acknowledge(each);
            }
        }
    }

    @Test
    void whatAReceiverHoldsWhenItsConnectionBreaksIsAnothers() {
        send(mechanism, "held");
        try (TcpProxy proxy = proxy();
                RabbitMechanism broken = through(proxy, "30s");
                QueueReceiver receiver = broken.receive(NAME, LONG)) {
            proxy.delay(Duration.ofMillis(20));
            Delivered held = next(receiver);
            proxy.reset();

            try (QueueReceiver other = mechanism.receive(NAME, LONG)) {
                Delivered again = next(other);
                assertThat(text(again)).isEqualTo("held");
                assertThat(again.attempt()).isEqualTo(2);
                assertThatThrownBy(() -> acknowledge(held))
                        .as("the client may not have seen the break yet, and then cannot tell")
                        .isInstanceOfSatisfying(
                                FairleadException.class,
                                failure ->
                                        assertThat(failure.code()).isIn(ErrorCode.FENCED, ErrorCode.OUTCOME_UNKNOWN));
                fails(ErrorCode.FENCED, () -> acknowledge(held));
                acknowledge(again);
            }
            send(mechanism, "next");
            acknowledge(next(receiver));
        }
    }

    @Test
    void everyCallEndsInTimeWhenTheServerFallsSilent() {
        Duration timeout = Duration.ofSeconds(2);
        try (TcpProxy proxy = proxy();
                RabbitMechanism silent = through(proxy, timeout.toMillis() + "ms");
                QueueReceiver receiver = silent.receive(NAME, LONG)) {
            send(silent, "a");
            Delivered held = next(receiver);
            proxy.blackHole(true);
            inTime(timeout, () -> send(silent, "b"));
            inTime(timeout, () -> acknowledge(held));
            inTime(timeout, () -> receiver.poll(1, Duration.ZERO));
            inTime(timeout, () -> silent.depth(NAME));
            proxy.blackHole(false);
            proxy.reset();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .until(() -> {
                        send(silent, "c");
                        return true;
                    });
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .until(() -> {
                        Delivered came = next(receiver);
                        acknowledge(came);
                        return text(came).equals("c");
                    });
        }
    }

    /** It fails, with a code that tells what is known, before twice the time-out; some more for a busy machine. */
    private static void inTime(Duration timeout, Runnable call) {
        long begin = System.nanoTime();
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code())
                                .isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.FENCED));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isLessThan(timeout.multipliedBy(2).plusSeconds(2));
    }
}
