package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a mechanism does not declare, it refuses: with CAPABILITY, and a message that names the log.
 *
 * <p>{@link Capability#KEY_ORDER} and {@link Capability#DENSE_OFFSETS} alone have no refusal: no call asks for them.
 */
final class RefusalScenarios {
    private RefusalScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.refusing(
                        Capability.KEEP_ALL,
                        "a log that keeps all is refused",
                        scope -> refusesToDefine(scope, new Retention.KeepAll(), scope.durability())),
                Scenario.refusing(
                        Capability.KEEP_FOR,
                        "a log that keeps for a time is refused",
                        scope -> refusesToDefine(scope, new Retention.KeepFor(Duration.ofDays(1)), scope.durability())),
                Scenario.refusing(
                        Capability.LATEST_PER_KEY,
                        "a log that keeps the latest per key is refused",
                        scope -> refusesToDefine(scope, new Retention.LatestPerKey(), scope.durability())),
                Scenario.refusing(
                        Capability.SURVIVES_KILL,
                        "a log at D1 is refused",
                        scope -> refusesToDefine(scope, scope.widest(), Durability.D1)),
                Scenario.refusing(
                        Capability.SURVIVES_POWER_LOSS,
                        "a log at D2 is refused",
                        scope -> refusesToDefine(scope, scope.widest(), Durability.D2)),
                Scenario.refusing(Capability.REPLAY, "a reader below the end is refused", RefusalScenarios::replay),
                Scenario.refusing(Capability.LOOKUP, "a lookup is refused", RefusalScenarios::lookup),
                Scenario.refusing(Capability.FIND, "finding by fields is refused", RefusalScenarios::find),
                Scenario.refusing(Capability.ERASE, "an erasure is refused", RefusalScenarios::erase),
                Scenario.refusing(Capability.CALL, "an answerer and a question are refused", RefusalScenarios::call),
                Scenario.refusing(Capability.TOPIC, "every call of a topic is refused", RefusalScenarios::topic),
                Scenario.refusing(Capability.QUEUE, "every call of a queue is refused", RefusalScenarios::queue),
                Scenario.refusing(Capability.SCHEDULE, "a message for later is refused", RefusalScenarios::schedule),
                Scenario.refusing(
                        Capability.ERASE_MESSAGES,
                        "an erasure of messages is refused",
                        RefusalScenarios::eraseMessages),
                Scenario.refusing(Capability.FENCING, "a second claim is refused", RefusalScenarios::secondClaim),
                Scenario.refusing(Capability.HEARTBEAT, "a beat is refused", RefusalScenarios::beat),
                Scenario.refusing(
                        Capability.GROUP_POSITIONS, "a group's position is refused", RefusalScenarios::position));
    }

    private static void refusesToDefine(Scope scope, Retention retention, Durability durability) {
        String log = scope.freshName();
        refused(log, () -> scope.log().define(new LogDefinition(log, retention, durability)));
        Expect.fails(ErrorCode.PLAN, log, () -> scope.log().bounds(log, 0));
    }

    private static void replay(Scope scope) throws Exception {
        String log = scope.defined();
        scope.append(scope.writer(log), "k", "v");
        refused(log, () -> scope.log().read(log, 0, 0));
        try (LogReader reader = scope.log().read(log, 0, 1)) {
            refused(log, () -> reader.seek(0));
        }
    }

    private static void lookup(Scope scope) {
        String log = scope.defined();
        if (scope.mechanism() instanceof Table table) {
            refused(log, () -> table.latest(log, new byte[] {1}));
        }
    }

    private static void find(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        scope.append(scope.writer(log), "k", "v");
        if (scope.mechanism() instanceof Table table) {
            SearchedFields fields = new SearchedFields(Set.of("country"), payload -> Map.of("country", "CH"));
            refused(log, () -> table.claim(log, "conformance", fields));
            refused(log, () -> table.find(log, Map.of("country", "CH"), null, 1));
        }
    }

    private static void erase(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        scope.append(writer, "k", "v");
        long below = scope.append(writer, "k", "");
        refused(log, () -> writer.erase(0, new byte[] {'k'}, below));
        Expect.equal(Scope.values(scope.readAll(log)), List.of("v", ""), "the records after the refusal");
    }

    private static void call(Scope scope) {
        String item = scope.freshName();
        if (scope.mechanism() instanceof Call call) {
            refused(item, () -> call.answer(item, 1, question -> new Answer.Given(new byte[0], new byte[0])));
            Asking asking = Asking.of(scope, call, item, "anybody?");
            asking.fails(ErrorCode.CAPABILITY);
        }
    }

    private static void topic(Scope scope) {
        String name = scope.freshName();
        if (scope.mechanism() instanceof Topic topic) {
            refused(name, () -> scope.acknowledged(topic.publish(name, Publishing.message("a"))));
            refused(name, () -> topic.subscribe(name));
            refused(name, () -> topic.subscribe(name, "billing"));
            refused(name, () -> topic.unsubscribe(name, "billing"));
        }
    }

    private static void queue(Scope scope) {
        String name = scope.freshName();
        if (scope.mechanism() instanceof Queue queue) {
            Question message = new Question(new byte[0], new byte[0]);
            refused(name, () -> queue.define(new QueueDefinition(name, scope.durability())));
            refused(name, () -> scope.acknowledged(queue.send(name, message)));
            refused(name, () -> queue.receive(name, Queueing.LEASE));
            refused(name, () -> queue.depth(name));
            refused(name, () -> queue.deadLetters(name));
        }
    }

    private static void schedule(Scope scope) {
        String name = scope.freshName();
        if (scope.mechanism() instanceof Queue queue) {
            if (scope.declares(Capability.QUEUE)) {
                queue.define(new QueueDefinition(name, scope.durability()));
            }
            Question message = new Question(new byte[0], new byte[0]);
            refused(
                    name,
                    () -> scope.acknowledged(
                            queue.send(name, message, scope.time().now().plusSeconds(1))));
            if (scope.declares(Capability.QUEUE)) {
                Expect.equal(queue.depth(name), new QueueDepth(0, 0, 0, 0), "the depth after the refusal");
            }
        }
    }

    private static void eraseMessages(Scope scope) throws Exception {
        String name = scope.freshName();
        if (scope.mechanism() instanceof Queue queue) {
            if (scope.declares(Capability.QUEUE)) {
                queue.define(new QueueDefinition(name, scope.durability()));
                scope.acknowledged(queue.send(name, new Question(new byte[0], new byte[0])));
            }
            refused(name, () -> queue.erase(name, message -> true));
            if (scope.declares(Capability.QUEUE)) {
                Expect.equal(queue.depth(name), new QueueDepth(1, 0, 0, 0), "the depth after the refusal");
            }
        }
    }

    private static void secondClaim(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter first = scope.writer(log);
        refused(log, () -> scope.writer(log));
        scope.expectOffset(scope.append(first, "k", "v"), 0, "the offset of the one writer");
    }

    private static void beat(Scope scope) {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        refused(log, () -> writer.beat(scope.time().now()));
    }

    private static void position(Scope scope) {
        String log = scope.defined();
        refused(log, () -> scope.log().commit(log, "billing", new Position(0, 0)));
        refused(log, () -> scope.log().committed(log, "billing", 0));
    }

    private static void refused(String log, Expect.Call call) {
        Expect.fails(ErrorCode.CAPABILITY, log, call);
    }
}
