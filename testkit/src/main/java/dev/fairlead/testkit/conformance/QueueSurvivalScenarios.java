package dev.fairlead.testkit.conformance;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What of a queue outlives the instance that wrote it. */
final class QueueSurvivalScenarios {
    private QueueSurvivalScenarios() {}

    static List<Scenario> all() {
        return List.of(
                survival(
                        "what was sent comes after a reopening, what was acknowledged does not",
                        QueueSurvivalScenarios::sent),
                survival("what was held comes again with its attempts counted", QueueSurvivalScenarios::held),
                survival(
                        "what was given back with a delay waits on after a reopening", QueueSurvivalScenarios::delayed),
                survival("dead letters and their numbers survive a reopening", QueueSurvivalScenarios::letters),
                survival(
                        "acknowledged sends are there after a close in their middle",
                        QueueSurvivalScenarios::inTheMiddle));
    }

    private static Scenario survival(String name, Scenario.Body body) {
        return Scenario.declaring("queue survival", EnumSet.of(Capability.QUEUE, Capability.SURVIVES_KILL), name, body);
    }

    private static void sent(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        Map<String, Integer> expected = new HashMap<>();
        for (int round = 0; round < 4; round++) {
            String[] texts = new String[60];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = round + "/" + i;
                expected.put(texts[i], 0);
            }
            queue.send(texts);
            for (Delivered each : queue.take(queue.receiver(), 25)) {
                queue.acknowledge(each);
                expected.remove(Queueing.text(each));
            }
            scope.reopen();
            Expect.equal(
                    scope.queue().depth(queue.name()),
                    new QueueDepth(expected.size(), 0, 0, 0),
                    "the depth after reopening " + round);
        }
        QueueReceiver receiver = queue.receiver();
        for (Delivered each : queue.take(receiver, expected.size())) {
            Expect.that(
                    expected.remove(Queueing.text(each)) != null,
                    "no more of " + Queueing.text(each) + ", but it came");
        }
        queue.none(receiver, "beyond what was sent");
    }

    private static void held(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a", "b");
        for (int attempt = 1; attempt < 4; attempt++) {
            Expect.equal(queue.take(queue.receiver(), "a").attempt(), attempt, "the attempt");
            scope.reopen();
        }
        QueueReceiver receiver = queue.receiver();
        Expect.equal(queue.take(receiver, "a").attempt(), 4, "the attempt at the end");
        Expect.equal(queue.take(receiver, "b").attempt(), 1, "the attempt of another");
    }

    private static void delayed(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("a");
        scope.acknowledged(queue.take(queue.receiver(), "a").giveBack(Duration.ofMinutes(1)));
        scope.reopen();
        QueueReceiver receiver = queue.receiver();
        queue.none(receiver, "before the delay is over");
        scope.time().advance(Duration.ofSeconds(61));
        Expect.equal(queue.take(receiver, "a").attempt(), 2, "the attempt");
    }

    private static void letters(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.dead(queue.receiver(), "a", "b", "c");
        List<DeadLetter> before = queue.letters();
        scope.queue().deadLetters(queue.name()).dismiss(before.get(2).number(), "nobody misses it");
        scope.reopen();
        List<DeadLetter> after = queue.letters();
        Expect.equal(Queueing.texts(after), List.of("a", "b"), "the dead letters");
        Expect.equal(after.getFirst().number(), before.getFirst().number(), "the number of the first");
        Expect.equal(after.getFirst().error(), "because of a", "the error of the first");
        Expect.equal(
                scope.queue().deadLetters(queue.name()).dismissals().getFirst().reason(),
                "nobody misses it",
                "the reason of the dismissal");
        queue.dead(queue.receiver(), "d");
        long newest = queue.letters().getLast().number();
        Expect.that(newest > before.get(2).number(), "a number never given before, not " + newest);
        Expect.equal(
                scope.queue()
                        .deadLetters(queue.name())
                        .redrive(List.of(after.getFirst().number())),
                1,
                "the number of letters sent again");
        scope.reopen();
        queue.take(queue.receiver(), "a");
        Expect.equal(Queueing.texts(queue.letters()), List.of("b", "d"), "the dead letters at the end");
    }

    private static void inTheMiddle(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        Queue open = scope.queue();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<String> unknown = ConcurrentHashMap.newKeySet();
        List<Task> senders = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            int mine = number;
            senders.add(scope.start(() -> {
                for (int i = 0; i < 1_000_000; i++) {
                    String text = mine + "/" + i;
                    Question message = Queueing.message(text);
                    unknown.add(text);
                    try {
                        scope.acknowledged(open.send(queue.name(), message));
                    } catch (FairleadException closed) {
                        return;
                    }
                    acknowledged.add(text);
                    unknown.remove(text);
                }
            }));
        }
        long deadline = System.nanoTime() + scope.patience().toNanos();
        while (acknowledged.size() < 200) {
            Expect.that(System.nanoTime() < deadline, "200 acknowledged sends in time");
            Thread.onSpinWait();
        }
        scope.reopen();
        for (Task sender : senders) {
            sender.join();
        }
        QueueReceiver receiver = queue.receiver();
        Set<String> came = new HashSet<>();
        for (List<Delivered> page = receiver.poll(1000, Duration.ZERO);
                !page.isEmpty();
                page = receiver.poll(1000, Duration.ZERO)) {
            page.forEach(each -> Expect.that(came.add(Queueing.text(each)), "each message once"));
        }
        Expect.that(came.containsAll(acknowledged), "every acknowledged message to be there");
        came.removeAll(acknowledged);
        Expect.that(unknown.containsAll(came), "nothing that nobody sent");
    }
}
