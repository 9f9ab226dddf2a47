package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Messages on their way from senders to competing receivers. */
final class QueueScenarios {
    private static final int MANY = 100_000;

    private QueueScenarios() {}

    static List<Scenario> all() {
        return List.of(
                queue("messages arrive byte for byte", QueueScenarios::byteForByte),
                queue("a message beyond the limits is refused, and the next is sent", QueueScenarios::limits),
                queue("a wrong name or an unknown queue is refused", QueueScenarios::names),
                queue("a queue that is defined again keeps its messages", QueueScenarios::again),
                queue("a receipt reaches the durability of the queue", QueueScenarios::receipt),
                queue("one receiver gets one sender's messages in their order", QueueScenarios::order),
                queue("what is acknowledged does not come again", QueueScenarios::acknowledged),
                queue("a receiver that waits is woken by a message", QueueScenarios::woken),
                queue("queues are not mixed up", QueueScenarios::apart),
                queue("competing receivers never hold one message at once", QueueScenarios::competing),
                queue("the depth tells what waits, is held and is dead", QueueScenarios::depth),
                queue("a hundred thousand messages come once each", QueueScenarios::many));
    }

    private static Scenario queue(String name, Scenario.Body body) {
        return Scenario.declaring("queue", Capability.QUEUE, name, body);
    }

    private static void byteForByte(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        for (int size : List.of(0, 1, 100, Question.MAX_HEADER, Question.MAX_PAYLOAD)) {
            byte[] header = new byte[Math.min(size, Question.MAX_HEADER)];
            byte[] payload = new byte[size];
            scope.random().nextBytes(header);
            scope.random().nextBytes(payload);
            scope.acknowledged(scope.queue().send(queue.name(), new Question(header, payload)));
            Delivered delivered = queue.take(receiver, 1).getFirst();
            Expect.bytes(delivered.message().header(), header, "the header");
            Expect.bytes(delivered.message().payload(), payload, "the payload");
            Expect.equal(delivered.attempt(), 1, "the attempt");
            queue.acknowledge(delivered);
        }
        queue.send("Grüße, 東京, \uD83D\uDE00");
        queue.take(receiver, "Grüße, 東京, \uD83D\uDE00");
    }

    private static void limits(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        for (Question bad : List.of(
                new Question(new byte[Question.MAX_HEADER + 1], new byte[0]),
                new Question(new byte[0], new byte[Question.MAX_PAYLOAD + 1]))) {
            Expect.fails(
                    ErrorCode.BAD_VALUE,
                    queue.name(),
                    () -> scope.acknowledged(scope.queue().send(queue.name(), bad)));
        }
        queue.send("good");
        QueueReceiver receiver = queue.receiver();
        queue.take(receiver, "good");
        queue.none(receiver, "beyond the limits");
        for (int most : List.of(-1, 0, Queue.MAX_POLL + 1)) {
            Expect.fails(ErrorCode.BAD_VALUE, queue.name(), () -> receiver.poll(most, Queueing.LEASE));
        }
    }

    private static void names(Scope scope) {
        for (String bad : List.of("", "A", "a/b", "../a", "a".repeat(101))) {
            Expect.fails(
                    Set.of(ErrorCode.BAD_VALUE, ErrorCode.PLAN),
                    bad,
                    () -> scope.queue().define(new QueueDefinition(bad, scope.durability())));
        }
        String unknown = scope.freshName();
        Question message = Queueing.message("a");
        Expect.fails(
                ErrorCode.PLAN, unknown, () -> scope.acknowledged(scope.queue().send(unknown, message)));
        Expect.fails(ErrorCode.PLAN, unknown, () -> scope.queue().receive(unknown, Queueing.LEASE));
        Expect.fails(ErrorCode.PLAN, unknown, () -> scope.queue().depth(unknown));
        Expect.fails(ErrorCode.PLAN, unknown, () -> scope.queue().deadLetters(unknown));
    }

    private static void again(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        scope.queue().define(new QueueDefinition(queue.name(), scope.durability()));
        queue.take(queue.receiver(), "a");
    }

    private static void receipt(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        Sent sent = scope.acknowledged(scope.queue().send(queue.name(), Queueing.message("a")));
        Expect.that(
                sent.durability().reaches(scope.durability()),
                "a receipt of " + scope.durability() + " or more, not " + sent.durability());
    }

    private static void order(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        for (int round = 0; round < 3; round++) {
            String[] texts = new String[500];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = round + "/" + i;
            }
            queue.send(texts);
            for (String text : texts) {
                queue.acknowledge(queue.take(receiver, text));
            }
        }
    }

    private static void acknowledged(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a", "b");
        QueueReceiver receiver = queue.receiver();
        queue.acknowledge(queue.take(receiver, "a"));
        scope.time().advance(Queueing.LEASE.multipliedBy(2));
        queue.acknowledge(queue.take(receiver, "b"));
        scope.time().advance(Queueing.LEASE.multipliedBy(2));
        queue.none(receiver, "after all were acknowledged");
        queue.none(queue.otherReceiver(), "for another receiver");
    }

    private static void woken(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.otherReceiver();
        List<String> came = new ArrayList<>();
        Task waiting =
                scope.start(() -> came.add(Queueing.text(queue.take(receiver, 1).getFirst())));
        waiting.awaitBlocked();
        queue.send("a");
        waiting.join();
        Expect.equal(came, List.of("a"), "what the waiting receiver got");
    }

    private static void apart(Scope scope) throws Exception {
        Queueing one = Queueing.defined(scope);
        Queueing other = Queueing.defined(scope);
        QueueReceiver ofOther = other.receiver();
        one.send("one");
        other.none(ofOther, "of another queue");
        other.send("other");
        other.take(ofOther, "other");
        one.take(one.receiver(), "one");
    }

    private static void competing(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        int number = 4000;
        Set<String> held = ConcurrentHashMap.newKeySet();
        Set<String> done = ConcurrentHashMap.newKeySet();
        List<QueueReceiver> receivers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            receivers.add(i % 2 == 0 ? queue.receiver() : queue.otherReceiver());
        }
        Task sending = scope.start(() -> {
            for (int i = 0; i < number; i += 100) {
                String[] texts = new String[100];
                for (int j = 0; j < texts.length; j++) {
                    texts[j] = "m" + (i + j);
                }
                queue.send(texts);
            }
        });
        scope.together(8, mine -> {
            while (done.size() < number) {
                for (Delivered each : receivers.get(mine).poll(1 + mine, Duration.ofMillis(50))) {
                    String text = Queueing.text(each);
                    Expect.that(held.add(text), "one receiver to hold " + text + ", not two");
                    Expect.that(done.add(text) || each.attempt() > 1, "each message once, but " + text + " came again");
                    held.remove(text);
                    if (text.hashCode() % 7 == 0 && each.attempt() == 1) {
                        scope.acknowledged(each.giveBack(Duration.ZERO));
                    } else {
                        queue.acknowledge(each);
                    }
                }
            }
        });
        sending.join();
        Expect.equal(done.size(), number, "the messages that came");
    }

    private static void depth(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 0), "the depth of a new queue");
        queue.send("a", "b", "c", "d", "e");
        QueueReceiver receiver = queue.receiver();
        List<Delivered> taken = queue.take(receiver, 4);
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(1, 0, 4, 0), "the depth with four held");
        queue.acknowledge(taken.get(0));
        scope.acknowledged(taken.get(1).giveBack(Duration.ofSeconds(60)));
        scope.acknowledged(taken.get(2).setAside("why"));
        Expect.equal(scope.otherQueue().depth(queue.name()), new QueueDepth(1, 1, 1, 1), "the depth of one each");
    }

    private static void many(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        Task sending = scope.start(() -> {
            List<CompletableFuture<Sent>> under = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                under.add(scope.queue().send(queue.name(), Queueing.message("m" + i)));
                if (under.size() == 5000) {
                    for (CompletableFuture<Sent> each : under) {
                        scope.acknowledged(each);
                    }
                    under.clear();
                }
            }
        });
        Set<String> came = new HashSet<>();
        QueueReceiver receiver = queue.receiver();
        List<CompletableFuture<Void>> settling = new ArrayList<>();
        while (came.size() < MANY) {
            for (Delivered each : queue.take(receiver, 1)) {
                Expect.that(came.add(Queueing.text(each)), "each message once, but " + Queueing.text(each) + " twice");
                settling.add(each.acknowledge());
            }
            for (Delivered each : receiver.poll(Queue.MAX_POLL, Duration.ZERO)) {
                Expect.that(came.add(Queueing.text(each)), "each message once, but " + Queueing.text(each) + " twice");
                settling.add(each.acknowledge());
            }
        }
        sending.join();
        for (CompletableFuture<Void> each : settling) {
            scope.acknowledged(each);
        }
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 0), "the depth at the end");
    }
}
