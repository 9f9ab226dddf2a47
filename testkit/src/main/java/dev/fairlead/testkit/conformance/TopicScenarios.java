package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Topic;
import dev.fairlead.spi.TopicSubscription;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;

/** Fan-out without history. */
final class TopicScenarios {
    private static final int MANY = 2000;

    private TopicScenarios() {}

    static List<Scenario> all() {
        return List.of(
                topics("every subscription gets every message in order", TopicScenarios::fanOut),
                topics("a subscription gets nothing that was published before it", TopicScenarios::noHistory),
                topics("a poll waits, and gets a message as soon as it is published", TopicScenarios::waits),
                topics("a durable subscription keeps what comes while its reader is away", TopicScenarios::away),
                topics("what a durable subscriber was not done with comes again, in order", TopicScenarios::again),
                topics("a durable subscription that was ended begins anew", TopicScenarios::ended),
                topics("the messages of each publisher stay in order", TopicScenarios::publishers),
                topics("empty and large messages come byte for byte", TopicScenarios::sizes),
                topics("what is beyond the limits is refused and published to nobody", TopicScenarios::limits),
                Scenario.declaring(
                        "topics",
                        EnumSet.of(Capability.TOPIC, Capability.SURVIVES_KILL),
                        "a durable subscription survives a reopening",
                        TopicScenarios::survives));
    }

    private static Scenario topics(String name, Scenario.Body body) {
        return Scenario.declaring("topics", Capability.TOPIC, name, body);
    }

    private static void fanOut(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        Publishing other = Publishing.of(scope);
        List<TopicSubscription> all = List.of(
                topic.passing(),
                topic.durable("billing"),
                topic.durable("audit"),
                scope.otherTopic().subscribe(topic.name()));
        TopicSubscription elsewhere = other.passing();
        topic.publish("a", "b", "ü€𝄞");
        other.publish("c");
        for (TopicSubscription each : all) {
            topic.expect(each, "a", "b", "ü€𝄞");
            topic.none(each, "beyond what was published");
        }
        other.expect(elsewhere, "c");
    }

    private static void noHistory(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        topic.publish("before");
        TopicSubscription passing = topic.passing();
        TopicSubscription durable = topic.durable("billing");
        topic.publish("after");
        topic.expect(passing, "after");
        topic.expect(durable, "after");
        passing.close();
        topic.publish("between");
        TopicSubscription later = topic.passing();
        topic.publish("end");
        topic.expect(later, "end");
    }

    private static void waits(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        TopicSubscription subscription = topic.passing();
        Task waiting = scope.start(() -> {
            List<Question> come =
                    subscription.poll(Topic.MAX_POLL, scope.patience().multipliedBy(2));
            Expect.equal(come.stream().map(Publishing::text).toList(), List.of("a"), "what the poll gets");
        });
        waiting.awaitBlocked();
        topic.publish("a");
        waiting.join();
    }

    private static void away(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        TopicSubscription first = topic.durable("billing");
        topic.publish("a");
        topic.expect(first, "a");
        topic.none(first, "yet"); // done with "a"
        first.close();
        topic.publish("b", "c");
        TopicSubscription second = topic.durable("billing");
        topic.publish("d");
        topic.expect(second, "b", "c", "d");
        topic.none(second, "that was taken before");
    }

    private static void again(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        TopicSubscription first = topic.durable("billing");
        topic.publish("a", "b", "c");
        Expect.equal(Publishing.text(topic.take(first, 1).getFirst()), "a", "the first message");
        Expect.equal(Publishing.text(topic.take(first, 1).getFirst()), "b", "the second message");
        first.close();
        TopicSubscription second = topic.durable("billing");
        topic.expect(second, "b", "c");
    }

    private static void ended(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        topic.durable("billing").close();
        topic.publish("a");
        scope.topic().unsubscribe(topic.name(), "billing");
        scope.topic().unsubscribe(topic.name(), "billing");
        topic.publish("b");
        TopicSubscription anew = topic.durable("billing");
        topic.publish("c");
        topic.expect(anew, "c");
    }

    private static void publishers(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        List<TopicSubscription> subscriptions = List.of(topic.passing(), topic.durable("billing"));
        List<Task> publishers = new ArrayList<>();
        for (Topic by : List.of(scope.topic(), scope.otherTopic())) {
            String name = "p" + publishers.size();
            publishers.add(scope.start(() -> topic.publish(
                    by, IntStream.range(0, MANY).mapToObj(i -> name + "/" + i).toList())));
        }
        for (TopicSubscription each : subscriptions) {
            int[] next = new int[2];
            for (Question message : topic.take(each, 2 * MANY)) {
                String text = Publishing.text(message);
                int publisher = text.charAt(1) - '0';
                Expect.equal(text, "p" + publisher + "/" + next[publisher]++, "the next message of its publisher");
            }
        }
        for (Task publisher : publishers) {
            publisher.join();
        }
    }

    private static void sizes(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        TopicSubscription passing = topic.passing();
        TopicSubscription durable = topic.durable("billing");
        byte[] header = bytes(scope, Question.MAX_HEADER);
        byte[] payload = bytes(scope, Question.MAX_PAYLOAD);
        scope.acknowledged(scope.topic().publish(topic.name(), new Question(new byte[0], new byte[0])));
        scope.acknowledged(scope.topic().publish(topic.name(), new Question(header, payload)));
        for (TopicSubscription each : List.of(passing, durable)) {
            List<Question> come = topic.take(each, 2);
            Expect.bytes(come.get(0).header(), new byte[0], "an empty header");
            Expect.bytes(come.get(0).payload(), new byte[0], "an empty payload");
            Expect.bytes(come.get(1).header(), header, "the largest header");
            Expect.bytes(come.get(1).payload(), payload, "the largest payload");
        }
    }

    private static byte[] bytes(Scope scope, int length) {
        byte[] bytes = new byte[length];
        scope.random().nextBytes(bytes);
        return bytes;
    }

    private static void limits(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        Topic open = scope.topic();
        TopicSubscription subscription = topic.passing();
        Question small = Publishing.message("a");
        bad(() -> scope.acknowledged(
                open.publish(topic.name(), new Question(new byte[Question.MAX_HEADER + 1], new byte[0]))));
        bad(() -> scope.acknowledged(
                open.publish(topic.name(), new Question(new byte[0], new byte[Question.MAX_PAYLOAD + 1]))));
        for (String wrong : List.of("", "Topic", "a b", "9a", "a".repeat(101))) {
            bad(() -> scope.acknowledged(open.publish(wrong, small)));
            bad(() -> open.subscribe(wrong));
            bad(() -> open.subscribe(topic.name(), wrong));
            bad(() -> open.unsubscribe(topic.name(), wrong));
        }
        bad(() -> subscription.poll(0, scope.patience()));
        bad(() -> subscription.poll(Topic.MAX_POLL + 1, scope.patience()));
        topic.publish("b");
        topic.expect(subscription, "b");
    }

    private static void bad(Expect.Call call) {
        Expect.fails(ErrorCode.BAD_VALUE, call);
    }

    private static void survives(Scope scope) throws Exception {
        Publishing topic = Publishing.of(scope);
        TopicSubscription first = topic.durable("billing");
        topic.publish("a", "b");
        Expect.equal(Publishing.text(topic.take(first, 1).getFirst()), "a", "the first message");
        topic.publish("c");
        scope.reopen();
        topic.publish("d");
        topic.expect(topic.durable("billing"), "a", "b", "c", "d");
    }
}
