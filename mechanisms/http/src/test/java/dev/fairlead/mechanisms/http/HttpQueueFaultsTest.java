package dev.fairlead.mechanisms.http;

import static dev.fairlead.mechanisms.http.Entries.PATIENCE;
import static dev.fairlead.mechanisms.http.Parcels.QUEUE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.node.Node;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.testkit.faults.TcpProxy;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What broken and silent connections do to a queue; each test has a store of its own at one node. */
class HttpQueueFaultsTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** Twice the time-out is the promise; the rest is for a machine that is busy. */
    private static final Duration LONGEST = TIMEOUT.multipliedBy(2).plusSeconds(2);

    @TempDir
    static Path folder;

    private static Node node;

    private final String space = "q" + COUNT.incrementAndGet();
    private TcpProxy proxy;
    private HttpMechanism mechanism;

    @BeforeAll
    static void start() {
        node = Node.start(NodeChild.settings(folder, 0));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void begin() {
        proxy = TcpProxy.to(node.port());
        open("60s");
    }

    @AfterEach
    void end() {
        mechanism.close();
        proxy.close();
    }

    private void open(String timeout) {
        if (mechanism != null) {
            mechanism.close();
        }
        mechanism = Entries.open(proxy.port(), Map.of("prefix", space, "timeout", timeout));
        Parcels.define(mechanism);
    }

    /** The next answer to this act is lost. */
    private void cut(String act) {
        proxy.cutAnswerTo(is(act));
    }

    private static Predicate<byte[]> is(String act) {
        return data -> new String(data, ISO_8859_1).contains("/" + act + " HTTP/1.1");
    }

    private void wereCut(int number) {
        assertThat(proxy.cuts()).as("the answers that were lost").isEqualTo(number);
    }

    @Test
    void aMessageWhoseAnswerIsLostIsSentOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            cut("send");
            Parcels.send(mechanism, "m" + i);
        }
        wereCut(5);
        Parcels.take(mechanism.receive(QUEUE, LEASE), "m0", "m1", "m2", "m3", "m4");
        assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 5, 0));
    }

    @Test
    void aPollWhoseAnswerIsLostGetsItsMessagesAllTheSame() throws Exception {
        QueueReceiver receiver = mechanism.receive(QUEUE, LEASE);
        for (int i = 0; i < 5; i++) {
            Parcels.send(mechanism, "m" + i);
            cut("poll");
            Delivered taken = Parcels.take(receiver, "m" + i).getFirst();
            assertThat(taken.attempt()).isEqualTo(1);
            Parcels.await(taken.acknowledge());
        }
        wereCut(5);
        assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }

    /** The answer is lost and the node away for as long as the caller waits, so that nobody has the message. */
    @Test
    void whatAPollBroughtThatWasGivenUpGoesBackUncounted() throws Exception {
        open(TIMEOUT.toSeconds() + "s");
        Parcels.send(mechanism, "m");
        QueueReceiver receiver = mechanism.receive(QUEUE, LEASE);
        proxy.cutAnswerTo(data -> {
            boolean isPoll = is("poll").test(data);
            if (isPoll) {
                proxy.refuse(true);
            }
            return isPoll;
        });
        assertThatThrownBy(() -> receiver.poll(1, Duration.ofMillis(1)))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE));
        wereCut(1);
        proxy.refuse(false);
        assertThat(Parcels.take(receiver, "m").getFirst().attempt()).isEqualTo(1);
    }

    @Test
    void whatAnInterruptedPollBroughtGoesBack() throws Exception {
        QueueReceiver receiver = mechanism.receive(QUEUE, LEASE);
        Thread polling = Thread.ofPlatform()
                .start(() -> assertThatThrownBy(() -> receiver.poll(1, PATIENCE))
                        .isInstanceOfSatisfying(
                                FairleadException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CLOSED)));
        await().atMost(PATIENCE).until(() -> polling.getState() == Thread.State.TIMED_WAITING);
        proxy.delay(Duration.ofMillis(300)); // the answer is on its way when the interrupt comes
        Parcels.send(Entries.open(node.port(), Map.of("prefix", space)), "m");
        polling.interrupt();
        polling.join(PATIENCE);
        proxy.delay(Duration.ZERO);
        QueueReceiver other = mechanism.receive(QUEUE, LEASE);
        assertThat(Parcels.take(other, "m").getFirst().attempt()).isEqualTo(1);
    }

    @Test
    void aSettlementWhoseAnswerIsLostIsDone() throws Exception {
        Parcels.send(mechanism, "a", "b", "c", "d", "e");
        List<Delivered> taken = Parcels.take(mechanism.receive(QUEUE, LEASE), "a", "b", "c", "d", "e");
        cut("settle");
        Parcels.await(taken.get(0).acknowledge());
        cut("settle");
        Parcels.await(taken.get(1).giveBack(Duration.ofMinutes(1)));
        cut("settle");
        Parcels.await(taken.get(2).setAside("why"));
        cut("settle");
        Parcels.await(taken.get(3).handBack());
        wereCut(4);
        for (Delivered each : taken.subList(0, 4)) {
            assertThat(Parcels.codeOf(each.acknowledge())).isEqualTo(ErrorCode.FENCED);
        }
        assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(1, 1, 1, 1));
    }

    @Test
    void aChangeOfDeadLettersWhoseAnswerIsLostIsDoneOnceAndCounted() throws Exception {
        Parcels.send(mechanism, "a", "b", "c");
        for (Delivered each : Parcels.take(mechanism.receive(QUEUE, LEASE), "a", "b", "c")) {
            Parcels.await(each.setAside("why"));
        }
        List<Long> numbers =
                Parcels.letters(mechanism).stream().map(DeadLetter::number).toList();
        cut("redrive");
        assertThat(mechanism.deadLetters(QUEUE).redrive(numbers.subList(0, 2))).isEqualTo(2);
        cut("dismiss");
        mechanism.deadLetters(QUEUE).dismiss(numbers.get(2), "nobody misses it");
        wereCut(2);
        assertThat(mechanism.deadLetters(QUEUE).dismissals()).hasSize(1);
        assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(2, 0, 0, 0));
        cut("erase");
        assertThat(mechanism.erase(QUEUE, each -> Parcels.text(each).equals("b")))
                .isEqualTo(1);
        wereCut(3);
    }

    /** There is more to look at than goes into one answer; each message is judged, and only what fits goes. */
    @Test
    void aLargeQueueIsErasedPageByPage() throws Exception {
        String filling = "x".repeat(800_000);
        List<CompletableFuture<?>> sending = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sending.add(mechanism.send(QUEUE, Parcels.message((i % 4 == 0 ? "secret" : "kept") + i + filling)));
        }
        for (CompletableFuture<?> each : sending) {
            Parcels.await(each);
        }
        AtomicInteger judged = new AtomicInteger();
        assertThat(mechanism.erase(QUEUE, message -> {
                    judged.incrementAndGet();
                    return Parcels.text(message).startsWith("secret");
                }))
                .isEqualTo(10);
        assertThat(judged).hasValue(40);
        assertThat(mechanism.depth(QUEUE)).isEqualTo(new QueueDepth(30, 0, 0, 0));
    }

    private record Ended(ErrorCode code, Duration after) {}

    private static Ended ended(Runnable call) {
        long begin = System.nanoTime();
        try {
            call.run();
            throw new AssertionError("it worked");
        } catch (FairleadException e) {
            return new Ended(e.code(), Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static void joined(CompletableFuture<?> future) {
        try {
            future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (FairleadException) requireNonNull(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyCallEndsInTimeWhenTheNodeFallsSilent() throws Exception {
        open(TIMEOUT.toSeconds() + "s");
        Parcels.send(mechanism, "a");
        QueueReceiver receiver = mechanism.receive(QUEUE, LEASE);
        Delivered held = Parcels.take(receiver, "a").getFirst();
        proxy.blackHole(true);
        List<Runnable> calls = List.of(
                () -> joined(mechanism.send(QUEUE, Parcels.message("b"))),
                () -> joined(held.acknowledge()),
                () -> receiver.poll(1, Duration.ofMillis(1)),
                () -> mechanism.receive(QUEUE, LEASE),
                () -> mechanism.depth(QUEUE),
                () -> mechanism.erase(QUEUE, message -> true),
                () -> Parcels.letters(mechanism));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Ended>> ending = new ArrayList<>();
            calls.forEach(call -> ending.add(threads.submit(() -> ended(call))));
            for (Future<Ended> each : ending) {
                Ended ended = each.get(1, TimeUnit.MINUTES);
                assertThat(ended.code()).isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
                assertThat(ended.after()).isLessThan(LONGEST);
            }
            assertThat(ending.subList(0, 2))
                    .as("what was sent or settled may have been")
                    .allSatisfy(each -> assertThat(each.get().code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
        }
        proxy.blackHole(false);
        Parcels.send(Entries.open(node.port(), Map.of("prefix", space)), "last");
        List<String> came = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            receiver.poll(5, Duration.ofMillis(100)).forEach(each -> came.add(Parcels.text(each.message())));
            return came.contains("last");
        });
        assertThat(came).doesNotHaveDuplicates().isSubsetOf("b", "last");
    }

    @Test
    void noMessageIsLostOrDoubledWhenConnectionsBreakAgainAndAgain() throws Exception {
        AtomicBoolean disturbed = new AtomicBoolean();
        CompletableFuture<Verdict> judged = CompletableFuture.supplyAsync(
                () -> QueueWorkload.run(mechanism, Durability.D2, 1, folder.resolve(space), () -> !disturbed.get()));
        List<String> acts = List.of("send", "poll", "settle");
        for (int fault = 0; fault < 18; fault++) {
            int cuts = proxy.cuts();
            String act = acts.get(fault % acts.size());
            assertThat(judged).as("the workload, at fault %d", fault).isNotDone();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
                if (proxy.cuts() == cuts) {
                    cut(act); // again, since the one that was to be cut may have been on a connection that broke
                }
                return proxy.cuts() > cuts;
            });
            proxy.reset();
        }
        disturbed.set(true);
        Verdict verdict = judged.get(6, TimeUnit.MINUTES);

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A1, Rule.A10, Rule.A15);
        assertThat(verdict.unknown()).as("of a node that never was away").isZero();
        assertThat(verdict.valid(6000, 0)).as(verdict.toString()).isTrue();
    }
}
