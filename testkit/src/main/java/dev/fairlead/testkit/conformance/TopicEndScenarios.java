package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Topic;
import dev.fairlead.spi.TopicSubscription;
import java.time.Duration;
import java.util.List;

/** Closing subscriptions, and mechanisms below them. */
final class TopicEndScenarios {
    private TopicEndScenarios() {}

    static List<Scenario> all() {
        return List.of(
                end("a close or an interrupt ends a poll with CLOSED", TopicEndScenarios::whilePolling),
                end("every call of a topic after close fails with CLOSED", TopicEndScenarios::afterClose));
    }

    private static Scenario end(String name, Scenario.Body body) {
        return Scenario.declaring("topic ends", Capability.TOPIC, name, body);
    }

    private static void whilePolling(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        Duration longer = scope.patience().multipliedBy(2);
        TopicSubscription closing = topic.passing();
        TopicSubscription interrupted = topic.durable("interrupted");
        TopicSubscription open = topic.durable("billing");
        Task byClose = scope.start(() -> closed(() -> closing.poll(1, longer)));
        Task byInterrupt = scope.start(() -> {
            closed(() -> interrupted.poll(1, longer));
            Expect.that(Thread.interrupted(), "the interrupt flag to stay set");
        });
        Task byMechanism = scope.start(() -> closed(() -> open.poll(1, longer)));
        for (Task task : List.of(byClose, byInterrupt, byMechanism)) {
            task.awaitBlocked();
        }
        closing.close();
        closing.close();
        byClose.join();
        closed(() -> closing.poll(1, Duration.ZERO));
        byInterrupt.interrupt();
        byInterrupt.join();
        scope.start(() -> scope.mechanism().close()).join();
        byMechanism.join();
    }

    private static void afterClose(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        Topic open = scope.topic();
        TopicSubscription subscription = topic.passing();
        topic.publish("a");
        scope.mechanism().close();
        closed(() -> scope.acknowledged(open.publish(topic.name(), Publishing.message("b"))));
        closed(() -> open.subscribe(topic.name()));
        closed(() -> open.subscribe(topic.name(), "billing"));
        closed(() -> open.unsubscribe(topic.name(), "billing"));
        closed(() -> subscription.poll(1, Duration.ZERO));
        subscription.close();
    }

    private static void closed(Expect.Call call) {
        Expect.fails(ErrorCode.CLOSED, call);
    }
}
