package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Closing receivers, and mechanisms below them. */
final class QueueEndScenarios {
    private QueueEndScenarios() {}

    static List<Scenario> all() {
        return List.of(
                end("a closed receiver takes nothing, and settles what it holds", QueueEndScenarios::closedReceiver),
                end("a close or an interrupt ends a poll with CLOSED", QueueEndScenarios::whilePolling),
                end("a close of the mechanism gives back what its receivers hold", QueueEndScenarios::givesBack),
                end("every call of a queue after close fails with CLOSED", QueueEndScenarios::afterClose));
    }

    private static Scenario end(String name, Scenario.Body body) {
        return Scenario.declaring("queue ends", Capability.QUEUE, name, body);
    }

    private static void closedReceiver(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a", "b", "c");
        QueueReceiver closing = queue.receiver();
        List<Delivered> held = queue.take(closing, 2);
        closing.close();
        closing.close();
        Expect.fails(ErrorCode.CLOSED, () -> closing.poll(1, Duration.ZERO));
        QueueReceiver other = queue.otherReceiver();
        queue.acknowledge(queue.take(other, "c"));
        queue.none(other, "that the closed receiver still holds");
        queue.acknowledge(held.get(0));
        scope.time().advance(Queueing.LEASE);
        queue.fenced(held.get(1));
        queue.take(other, Queueing.text(held.get(1)));
    }

    private static void whilePolling(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver closing = queue.receiver();
        Task byReceiver = scope.start(() -> closed(() -> closing.poll(1, longer(scope))));
        QueueReceiver interrupted = queue.receiver();
        Task byInterrupt = scope.start(() -> {
            closed(() -> interrupted.poll(1, longer(scope)));
            Expect.that(Thread.interrupted(), "the interrupt flag to stay set");
        });
        List<Task> byMechanism = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            QueueReceiver receiver = queue.receiver();
            byMechanism.add(scope.start(() -> closed(() -> receiver.poll(1, longer(scope)))));
        }
        byReceiver.awaitBlocked();
        byInterrupt.awaitBlocked();
        for (Task task : byMechanism) {
            task.awaitBlocked();
        }
        closing.close();
        byReceiver.join();
        byInterrupt.interrupt();
        byInterrupt.join();
        scope.start(() -> scope.mechanism().close()).join();
        for (Task task : byMechanism) {
            task.join();
        }
    }

    private static Duration longer(Scope scope) {
        return scope.patience().multipliedBy(2);
    }

    private static void givesBack(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        QueueReceiver other = queue.otherReceiver();
        Delivered held = queue.take(queue.receiver(), "a");
        Task waiting =
                scope.start(() -> Expect.equal(queue.take(other, "a").attempt(), 2, "the attempt after the close"));
        waiting.awaitBlocked();
        scope.start(() -> scope.mechanism().close()).join();
        waiting.join();
        closed(() -> scope.acknowledged(held.acknowledge()));
        closed(() -> scope.acknowledged(held.giveBack(Duration.ZERO)));
        closed(() -> scope.acknowledged(held.setAside("late")));
    }

    private static void afterClose(Scope scope) {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        Queue closed = scope.queue();
        DeadLetters letters = closed.deadLetters(queue.name());
        scope.mechanism().close();
        closed(() -> closed.define(new QueueDefinition(queue.name(), scope.durability())));
        closed(() -> scope.acknowledged(closed.send(queue.name(), Queueing.message("a"))));
        closed(() -> closed.receive(queue.name(), Queueing.LEASE));
        closed(() -> closed.depth(queue.name()));
        closed(() -> closed.deadLetters(queue.name()));
        closed(() -> receiver.poll(1, Duration.ZERO));
        closed(() -> letters.list(DeadLetters.START, 1));
        closed(() -> letters.find(0));
        closed(() -> letters.redrive(List.of(0L)));
        closed(() -> letters.dismiss(0, "late"));
        receiver.close();
    }

    private static void closed(Expect.Call call) {
        Expect.fails(ErrorCode.CLOSED, call);
    }
}
