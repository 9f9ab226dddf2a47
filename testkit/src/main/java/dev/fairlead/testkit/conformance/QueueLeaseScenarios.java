package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.util.List;

/** How long a receiver holds a message, and what happens when it lets go. */
final class QueueLeaseScenarios {
    private static final Duration DELAY = Duration.ofSeconds(5);

    private QueueLeaseScenarios() {}

    static List<Scenario> all() {
        return List.of(
                lease("a message is held until its lease is over, then comes again", QueueLeaseScenarios::leaseOver),
                lease("a receiver whose lease is over is fenced off", QueueLeaseScenarios::zombie),
                lease("a lease is over at its moment, even if nobody took the message", QueueLeaseScenarios::moment),
                lease("a message is settled once", QueueLeaseScenarios::once),
                lease("what is given back comes again at once, with the attempts counted", QueueLeaseScenarios::back),
                lease(
                        "what is handed back comes again at once, counted only where the mechanism cannot help it",
                        QueueLeaseScenarios::handedBack),
                lease("what is given back with a delay comes after it", QueueLeaseScenarios::delayed),
                lease("what is given back again and again keeps no other away", QueueLeaseScenarios::noStarving),
                lease(
                        "a receiver waiting for a message gets one whose lease is over",
                        QueueLeaseScenarios::wokenByLease),
                lease("leases and delays beyond the limits are refused", QueueLeaseScenarios::limits));
    }

    private static Scenario lease(String name, Scenario.Body body) {
        return Scenario.declaring("queue leases", Capability.QUEUE, name, body);
    }

    private static void leaseOver(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        QueueReceiver one = queue.receiver();
        QueueReceiver other = queue.otherReceiver();
        for (int attempt = 1; attempt < 5; attempt++) {
            Delivered held = queue.take(attempt % 2 == 0 ? one : other, "a");
            Expect.equal(held.attempt(), attempt, "the attempt");
            scope.time().advance(Queueing.LEASE.minusNanos(1));
            queue.none(one, "while it is leased");
            queue.none(other, "while it is leased");
            scope.time().advance(Duration.ofNanos(1));
        }
        queue.acknowledge(queue.take(one, "a"));
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 0), "the depth at the end");
    }

    private static void zombie(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        Delivered zombie = queue.take(queue.receiver(), "a");
        scope.time().advance(Queueing.LEASE);
        QueueReceiver other = queue.otherReceiver();
        Delivered held = queue.take(other, "a");
        queue.fenced(zombie);
        queue.none(other, "by the hand of a zombie");
        Expect.equal(queue.letters(), List.of(), "the dead letters");
        queue.acknowledge(held);
        queue.fenced(zombie);
        queue.none(other, "after it was acknowledged");
    }

    private static void moment(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        QueueReceiver receiver = queue.receiver();
        Delivered late = queue.take(receiver, "a");
        scope.time().advance(Queueing.LEASE);
        queue.fenced(late);
        Delivered inTime = queue.take(receiver, "a");
        scope.time().advance(Queueing.LEASE.minusNanos(1));
        queue.acknowledge(inTime);
    }

    private static void once(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        queue.send("a");
        Delivered first = queue.take(receiver, "a");
        scope.acknowledged(first.giveBack(Duration.ZERO));
        queue.fenced(first);
        Delivered second = queue.take(receiver, "a");
        queue.fenced(first);
        scope.acknowledged(second.setAside("why"));
        queue.fenced(second);
        Expect.equal(queue.letters().size(), 1, "the number of dead letters");
        queue.none(receiver, "after it was set aside");
        queue.send("b");
        Delivered acknowledged = queue.take(receiver, "b");
        queue.acknowledge(acknowledged);
        queue.fenced(acknowledged);
        queue.none(receiver, "after it was acknowledged");
    }

    private static void back(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        QueueReceiver one = queue.receiver();
        QueueReceiver other = queue.otherReceiver();
        for (int attempt = 1; attempt <= 4; attempt++) {
            Delivered held = queue.take(attempt % 2 == 0 ? one : other, "a");
            Expect.equal(held.attempt(), attempt, "the attempt");
            scope.acknowledged(held.giveBack(Duration.ZERO));
        }
    }

    private static void handedBack(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        QueueReceiver one = queue.receiver();
        QueueReceiver other = queue.otherReceiver();
        int attempt = 1;
        for (int round = 0; round < 4; round++) {
            Delivered held = queue.take(round % 2 == 0 ? one : other, "a");
            Expect.equal(held.attempt(), attempt, "the attempt after " + round + " hand-backs");
            scope.acknowledged(held.handBack());
            queue.fenced(held);
            attempt += scope.queue().countsHandBack() ? 1 : 0;
        }
        Delivered held = queue.take(one, "a");
        Expect.equal(held.attempt(), attempt, "the attempt after 4 hand-backs");
        scope.acknowledged(held.giveBack(Duration.ZERO));
        Delivered last = queue.take(other, "a");
        Expect.equal(last.attempt(), attempt + 1, "the attempt after it was given back once");
        queue.acknowledge(last);
        queue.none(one, "after it was acknowledged");
        Expect.equal(queue.letters(), List.of(), "the dead letters");
    }

    private static void delayed(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a", "b");
        QueueReceiver receiver = queue.receiver();
        scope.acknowledged(queue.take(receiver, "a").giveBack(DELAY));
        queue.acknowledge(queue.take(receiver, "b"));
        scope.time().advance(DELAY.minusMillis(2));
        queue.none(receiver, "before the delay is over");
        scope.time().advance(Duration.ofMillis(3));
        Delivered again = queue.take(receiver, "a");
        Expect.equal(again.attempt(), 2, "the attempt");
        scope.acknowledged(again.giveBack(DELAY));
        scope.time().advance(DELAY.plusMillis(1));
        Expect.equal(queue.take(receiver, "a").attempt(), 3, "the attempt after another delay");
    }

    private static void noStarving(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("again", "b", "c", "d");
        QueueReceiver receiver = queue.receiver();
        int others = 0;
        for (int i = 0; i < 20 && others < 3; i++) {
            Delivered each = queue.take(receiver, 1).getFirst();
            if (Queueing.text(each).equals("again")) {
                scope.acknowledged(each.giveBack(Duration.ZERO));
            } else {
                others++;
                queue.acknowledge(each);
            }
        }
        Expect.equal(others, 3, "the messages that got by");
    }

    private static void wokenByLease(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        queue.take(queue.receiver(), "a");
        QueueReceiver other = queue.otherReceiver();
        Task waiting = scope.start(() -> queue.take(other, "a"));
        waiting.awaitBlocked();
        scope.time().advance(Queueing.LEASE);
        waiting.join();
    }

    private static void limits(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1), Queue.LONGEST.plusNanos(1))) {
            Expect.fails(ErrorCode.BAD_VALUE, queue.name(), () -> scope.queue().receive(queue.name(), bad));
        }
        queue.send("a");
        QueueReceiver receiver = queue.receiver();
        Delivered held = queue.take(receiver, "a");
        for (Duration bad : List.of(Duration.ofNanos(-1), Queue.LONGEST.plusNanos(1))) {
            Expect.fails(ErrorCode.BAD_VALUE, queue.name(), () -> scope.acknowledged(held.giveBack(bad)));
        }
        queue.acknowledge(held);
        queue.none(receiver, "after the refusals");
    }
}
