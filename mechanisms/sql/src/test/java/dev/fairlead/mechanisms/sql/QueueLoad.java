package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Threads that send to one queue, whatever comes, and two that receive; what each saw is judged at the end. */
final class QueueLoad {
    private static final String QUEUE = "faults.pay";
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SENDERS = 3;
    private static final int RECEIVERS = 2;

    private final SqlMechanism mechanism;
    private final List<Thread> senders = new ArrayList<>();
    private final List<Thread> receivers = new ArrayList<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> unknown = new ConcurrentLinkedQueue<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final Set<String> received = ConcurrentHashMap.newKeySet();
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean stopping;
    private volatile boolean empty;

    QueueLoad(SqlMechanism mechanism) {
        this.mechanism = mechanism;
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        for (int number = 0; number < SENDERS; number++) {
            String name = "sender " + number;
            senders.add(Thread.ofPlatform().daemon().start(() -> send(name)));
        }
        for (int number = 0; number < RECEIVERS; number++) {
            receivers.add(Thread.ofPlatform().daemon().start(this::receive));
        }
    }

    private void send(String name) {
        for (int i = 0; !stopping; i++) {
            String text = name + "/" + i;
            long begin = System.nanoTime();
            try {
                mechanism
                        .send(QUEUE, new Question(new byte[0], text.getBytes(UTF_8)))
                        .join();
                acknowledged.add(text);
            } catch (CompletionException e) {
                boolean nobodyKnows =
                        e.getCause() instanceof FairleadException known && known.code() == ErrorCode.OUTCOME_UNKNOWN;
                (nobodyKnows ? unknown : failed).add(text);
            }
            longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void receive() {
        try (QueueReceiver receiver = mechanism.receive(QUEUE, LEASE)) {
            while (!empty) {
                try {
                    for (Delivered each : receiver.poll(20, Duration.ofMillis(200))) {
                        received.add(new String(each.message().payload(), UTF_8));
                        each.acknowledge().join();
                        handled.incrementAndGet();
                    }
                } catch (FairleadException away) {
                    assertThat(away.code()).isEqualTo(ErrorCode.UNREACHABLE);
                } catch (CompletionException e) {
                    assertThat(((FairleadException) e.getCause()).code())
                            .isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.FENCED);
                }
            }
        }
    }

    int handled() {
        return handled.get();
    }

    int trouble() {
        return unknown.size() + failed.size();
    }

    /** Ends the senders, lets the receivers empty the queue, and says how it must have been. */
    void judge(Duration longest) throws InterruptedException {
        stopping = true;
        for (Thread sender : senders) {
            sender.join();
        }
        await().atMost(PATIENCE).until(() -> {
            QueueDepth depth = mechanism.depth(QUEUE);
            return depth.waiting() + depth.later() + depth.held() == 0;
        });
        empty = true;
        for (Thread receiver : receivers) {
            receiver.join();
        }
        assertThat(received).as("no acknowledged message is lost").containsAll(acknowledged);
        assertThat(failed).as("what failed").noneMatch(received::contains);
        Set<String> others = new HashSet<>(received);
        acknowledged.forEach(others::remove);
        assertThat(unknown).as("nothing came that nobody sent").containsAll(others);
        assertThat(mechanism.deadLetters(QUEUE).list(-1, 10)).isEmpty();
        assertThat(Duration.ofNanos(longestNanos.get())).as("the longest send").isLessThan(longest);
    }
}
