package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Messages that are not to be handed out before a moment. */
final class ScheduleScenarios {
    private ScheduleScenarios() {}

    static List<Scenario> all() {
        return List.of(
                schedule("a message comes at its moment and not before", ScheduleScenarios::atItsMoment),
                schedule("a message whose moment has passed comes at once", ScheduleScenarios::passed),
                schedule("a moment too far away is refused", ScheduleScenarios::tooFar),
                schedule("a waiting receiver is woken at the moment", ScheduleScenarios::woken),
                schedule("many messages come, each when it is due", ScheduleScenarios::many),
                schedule("a message is counted while its moment comes", ScheduleScenarios::counted),
                Scenario.declaring(
                        "schedule",
                        EnumSet.of(Capability.QUEUE, Capability.SCHEDULE, Capability.SURVIVES_KILL),
                        "what was scheduled comes after a reopening, at its moment or when that has passed",
                        ScheduleScenarios::reopened));
    }

    private static Scenario schedule(String name, Scenario.Body body) {
        return Scenario.declaring("schedule", EnumSet.of(Capability.QUEUE, Capability.SCHEDULE), name, body);
    }

    private static void atItsMoment(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        Instant now = scope.time().now();
        queue.sendLater("second", now.plusSeconds(7200));
        queue.sendLater("first", now.plusSeconds(3600));
        queue.send("now");
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(1, 2, 0, 0), "the depth");
        QueueReceiver receiver = queue.receiver();
        queue.acknowledge(queue.take(receiver, "now"));
        scope.time().advance(Duration.ofSeconds(3600).minusMillis(1));
        queue.none(receiver, "before its moment");
        scope.time().advance(Duration.ofMillis(2));
        Delivered first = queue.take(receiver, "first");
        Expect.equal(first.attempt(), 1, "the attempt");
        queue.acknowledge(first);
        queue.none(receiver, "before its moment");
        scope.time().advance(Duration.ofSeconds(3600));
        queue.acknowledge(queue.take(receiver, "second"));
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 0), "the depth at the end");
    }

    private static void passed(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        for (Instant moment : List.of(scope.time().now(), scope.time().now().minusSeconds(9), Instant.MIN)) {
            queue.sendLater("" + moment, moment);
            queue.acknowledge(queue.take(receiver, "" + moment));
        }
    }

    private static void tooFar(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        for (Instant moment : List.of(scope.time().now().plus(Queue.FARTHEST).plusNanos(1), Instant.MAX)) {
            Expect.fails(ErrorCode.BAD_VALUE, queue.name(), () -> queue.sendLater("a", moment));
        }
        queue.sendLater("a", scope.time().now().plus(Queue.FARTHEST));
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 1, 0, 0), "the depth");
    }

    private static void woken(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.otherReceiver();
        Task waiting = scope.start(() -> queue.take(receiver, "a"));
        queue.sendLater("a", scope.time().now().plusSeconds(60));
        waiting.awaitBlocked();
        scope.time().advance(Duration.ofSeconds(61));
        waiting.join();
    }

    private static void many(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        Instant begin = scope.time().now();
        int number = 3000;
        for (int i = 0; i < number; i++) {
            queue.sendLater("m" + i, begin.plusSeconds(1 + scope.random().nextInt(20)));
        }
        QueueReceiver receiver = queue.receiver();
        Set<String> came = new HashSet<>();
        for (int second = 0; second < 10; second++) {
            scope.time().advance(Duration.ofSeconds(2));
            long due = number - scope.queue().depth(queue.name()).later() - came.size();
            for (Delivered each : queue.take(receiver, (int) Math.max(0, due))) {
                Expect.that(came.add(Queueing.text(each)), "each message once");
                queue.acknowledge(each);
            }
        }
        scope.time().advance(Duration.ofSeconds(1));
        for (Delivered each : queue.take(receiver, number - came.size())) {
            Expect.that(came.add(Queueing.text(each)), "each message once");
        }
    }

    private static void counted(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        for (int i = 0; i < 20; i++) {
            queue.sendLater("m" + i, scope.time().now().plusSeconds(60));
            Task moment = scope.start(() -> scope.time().advance(Duration.ofSeconds(61)));
            QueueDepth depth = scope.queue().depth(queue.name());
            while (depth.waiting() == 0) {
                Expect.that(depth.later() > 0, "a message is there, for later or waiting");
                depth = scope.queue().depth(queue.name());
            }
            moment.join();
            queue.acknowledge(queue.take(receiver, "m" + i));
        }
    }

    private static void reopened(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.sendLater("a", scope.time().now().plusSeconds(60));
        queue.sendLater("b", scope.time().now().plusSeconds(120));
        scope.reopen();
        QueueReceiver receiver = queue.receiver();
        queue.none(receiver, "before its moment");
        scope.time().advance(Duration.ofSeconds(61));
        queue.acknowledge(queue.take(receiver, "a"));
        scope.mechanism().close();
        scope.time().advance(Duration.ofSeconds(60));
        scope.reopen();
        queue.take(queue.receiver(), "b");
    }
}
