package dev.fairlead.mechanisms.activemq;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.testkit.faults.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the way to a broker does to messages. */
@SuppressWarnings("NullAway.Init") // Each test opens them.
class ActivemqFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Long enough for a slow machine, where it is not what is tested. */
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration HEALED = Duration.ofSeconds(10);
    /** How AMQP 1.0 begins the end of a transaction: the descriptor of a discharge. */
    private static final byte[] DISCHARGE = {0, 0x53, 0x32};

    private final String prefix = ActivemqUnderTest.newPrefix();
    private TcpProxy proxy;
    private ActivemqMechanism mechanism;
    private ActivemqMechanism other;
    private QueueReceiver receiver;

    private void open(RealServer kind) {
        open(kind, USUAL_TIMEOUT);
    }

    private void open(RealServer kind, Duration timeout) {
        int port = URI.create(kind.shared().getOrDefault("url", "")).getPort();
        proxy = TcpProxy.to(port);
        mechanism = Activemq.at(proxy.port(), prefix, timeout.toMillis() + "ms");
        other = Activemq.at(port, prefix, "30s");
        Activemq.define(mechanism);
        receiver = mechanism.receive(Activemq.QUEUE, Activemq.LEASE);
    }

    @AfterEach
    void close() {
        mechanism.close();
        other.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void aSendWhoseAnswerIsLostIsUnknownAndThere(RealServer kind) {
        open(kind);
        Activemq.send(mechanism, "before");
        proxy.cutAnswerTo(holds("cut me".getBytes(UTF_8)));

        fails(ErrorCode.OUTCOME_UNKNOWN, () -> Activemq.send(mechanism, "cut me"));
        assertThat(proxy.cuts()).isEqualTo(1);
        Activemq.send(mechanism, "after");
        for (String text : new String[] {"before", "cut me", "after"}) {
            Delivered next = Activemq.next(receiver, PATIENCE);
            assertThat(Activemq.text(next)).isEqualTo(text);
            Activemq.join(next.acknowledge());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void anAcknowledgementWhoseAnswerIsLostIsUnknownAndStands(RealServer kind) {
        open(kind);
        Activemq.send(mechanism, "a");
        Delivered held = Activemq.next(receiver, PATIENCE);
        proxy.cutAnswerTo(holds(DISCHARGE));

        fails(ErrorCode.OUTCOME_UNKNOWN, () -> Activemq.join(held.acknowledge()));
        assertThat(proxy.cuts()).isEqualTo(1);
        fails(ErrorCode.FENCED, () -> Activemq.join(held.acknowledge()));
        assertThat(receiver.poll(1, Duration.ZERO)).isEmpty();
        assertThat(other.depth(Activemq.QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void whatIsSetAsideIsInOnePlaceThoughTheAnswerIsLost(RealServer kind) {
        open(kind);
        Activemq.send(mechanism, "a");
        Delivered held = Activemq.next(receiver, PATIENCE);
        proxy.cutAnswerTo(holds(DISCHARGE));

        fails(ErrorCode.OUTCOME_UNKNOWN, () -> Activemq.join(held.setAside("poison")));
        assertThat(proxy.cuts()).isEqualTo(1);
        DeadLetters letters = other.deadLetters(Activemq.QUEUE);
        assertThat(letters.list(DeadLetters.START, 10)).hasSize(1);
        assertThat(receiver.poll(1, Duration.ZERO)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void aBrokenConnectionFencesWhatItHeldAndOthersGetIt(RealServer kind) {
        open(kind);
        Activemq.send(mechanism, "a");
        Delivered held = Activemq.next(receiver, PATIENCE);
        proxy.reset();

        Delivered again = Activemq.next(other.receive(Activemq.QUEUE, Activemq.LEASE), PATIENCE);
        assertThat(Activemq.text(again)).isEqualTo("a");
        fails(ErrorCode.FENCED, () -> Activemq.join(held.acknowledge()));
        Activemq.join(again.acknowledge());
        assertThat(receiver.poll(1, Duration.ZERO)).isEmpty();
    }

    /** The client needs some time to see the break, and must not tell another thing meanwhile. */
    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void whatIsAcknowledgedJustAfterABreakIsFencedToo(RealServer kind) {
        open(kind);
        Activemq.send(mechanism, "a");
        for (int round = 0; round < 10; round++) {
            Delivered held = Activemq.next(receiver, PATIENCE);
            proxy.reset();
            fails(ErrorCode.FENCED, () -> Activemq.join(held.acknowledge()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void connectionsThatBreakAgainAndAgainHideNoMessage(RealServer kind) {
        open(kind);
        Activemq.send(mechanism, "a");
        int attempt = 0;
        for (int round = 0; round < 15; round++) {
            Delivered held = Activemq.next(receiver, PATIENCE);
            assertThat(Activemq.text(held)).isEqualTo("a");
            assertThat(held.attempt()).as("the attempt in round " + round).isGreaterThanOrEqualTo(attempt);
            attempt = held.attempt();
            proxy.reset();
        }
        Activemq.join(Activemq.next(other.receive(Activemq.QUEUE, Activemq.LEASE), PATIENCE)
                .acknowledge());
        assertThat(other.depth(Activemq.QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void nobodyHangsInABlackHole(RealServer kind) {
        open(kind, SHORT_TIMEOUT);
        Activemq.send(mechanism, "a");
        Delivered held = Activemq.next(receiver, PATIENCE);
        proxy.blackHole(true);
        endsInTime(() -> Activemq.send(mechanism, "b"));
        endsInTime(() -> Activemq.join(held.acknowledge()));
        endsInTime(() -> receiver.poll(1, Duration.ZERO));
        endsInTime(() -> mechanism.deadLetters(Activemq.QUEUE).list(DeadLetters.START, 1));
        proxy.blackHole(false);
        proxy.reset();

        long healed = System.nanoTime();
        Awaitility.await()
                .atMost(HEALED)
                .ignoreException(FairleadException.class)
                .untilAsserted(() -> Activemq.send(mechanism, "c"));
        Activemq.next(receiver, HEALED);
        assertThat(Duration.ofNanos(System.nanoTime() - healed)).isLessThan(HEALED.multipliedBy(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void aSlowWayIsOnlySlow(RealServer kind) {
        open(kind);
        proxy.delay(Duration.ofMillis(50));
        for (int i = 0; i < 5; i++) {
            Activemq.send(mechanism, "m" + i);
        }
        for (int i = 0; i < 5; i++) {
            Delivered next = Activemq.next(receiver, PATIENCE);
            assertThat(Activemq.text(next)).isEqualTo("m" + i);
            Activemq.join(next.acknowledge());
        }
    }

    /** ActiveMQ Classic deletes no queue over AMQP. */
    @ParameterizedTest
    @EnumSource(names = "ARTEMIS")
    void aQueueThatIsDeletedUnderneathIsReportedAndMadeAnew(RealServer kind) {
        open(kind);
        Activemq.send(mechanism, "a");
        Delivered held = Activemq.next(receiver, PATIENCE);
        try (Broker broker =
                        Broker.open(ActivemqSettings.of(Activemq.opening(Map.copyOf(kind.shared())), System::getenv));
                Administration administration = new Administration(broker)) {
            administration.look(
                    "deleting",
                    session -> Management.open(session, PATIENCE)
                            .call(
                                    Management.BROKER,
                                    "destroyQueue",
                                    "[\"" + prefix + Activemq.QUEUE + "\",true,true]"));
        }

        fails(ErrorCode.STORAGE_DAMAGED, () -> receiver.poll(1, PATIENCE));
        fails(ErrorCode.FENCED, () -> Activemq.join(held.acknowledge()));
        Activemq.send(mechanism, "b");
        assertThat(Activemq.text(Activemq.next(receiver, PATIENCE))).isEqualTo("b");
    }

    private static void endsInTime(Runnable call) {
        long begin = System.nanoTime();
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code())
                                .isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.FENCED));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isLessThan(SHORT_TIMEOUT.multipliedBy(2).plusSeconds(2));
    }

    private static Predicate<byte[]> holds(byte[] part) {
        return bytes -> new String(bytes, ISO_8859_1).contains(new String(part, ISO_8859_1));
    }

    private static void fails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
