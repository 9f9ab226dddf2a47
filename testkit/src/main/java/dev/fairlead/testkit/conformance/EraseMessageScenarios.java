package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Messages that are taken out for good, wherever they are. */
final class EraseMessageScenarios {
    private static final Predicate<Question> SECRET =
            message -> Queueing.text(message).startsWith("secret");

    private EraseMessageScenarios() {}

    static List<Scenario> all() {
        return List.of(
                erasing(
                        "what waits, is held or is a dead letter is erased, and all else stays",
                        EraseMessageScenarios::all),
                erasing("what a receiver holds cannot be settled any more", EraseMessageScenarios::held),
                erasing("nothing escapes that moves meanwhile", EraseMessageScenarios::moving),
                Scenario.declaring(
                        "message erasure",
                        EnumSet.of(Capability.QUEUE, Capability.ERASE_MESSAGES, Capability.SCHEDULE),
                        "what is kept for later is erased",
                        EraseMessageScenarios::later),
                Scenario.declaring(
                        "message erasure",
                        EnumSet.of(Capability.QUEUE, Capability.ERASE_MESSAGES, Capability.SURVIVES_KILL),
                        "what is erased is erased after a reopening, and all else is there",
                        EraseMessageScenarios::reopened));
    }

    private static Scenario erasing(String name, Scenario.Body body) {
        return Scenario.declaring(
                "message erasure", EnumSet.of(Capability.QUEUE, Capability.ERASE_MESSAGES), name, body);
    }

    private static void all(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        queue.dead(receiver, "secret 1", "kept 1");
        queue.send("secret 2", "kept 2", "secret 3", "kept 3");
        Expect.equal(scope.otherQueue().erase(queue.name(), SECRET), 3L, "the number of erased messages");
        Expect.equal(Queueing.texts(queue.letters()), List.of("kept 1"), "the dead letters");
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(2, 0, 0, 1), "the depth");
        for (String text : List.of("kept 2", "kept 3")) {
            queue.acknowledge(queue.take(receiver, text));
        }
        queue.none(receiver, "that was erased");
        Expect.equal(scope.queue().erase(queue.name(), SECRET), 0L, "the number of those erased again");
        queue.send("secret 4");
        queue.acknowledge(queue.take(receiver, "secret 4"));
    }

    private static void held(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        queue.send("secret", "kept");
        List<Delivered> taken = queue.take(receiver, 2);
        Expect.equal(scope.queue().erase(queue.name(), SECRET), 1L, "the number of erased messages");
        queue.fenced(taken.getFirst());
        queue.acknowledge(taken.getLast());
        scope.time().advance(Queueing.LEASE.multipliedBy(2));
        queue.none(receiver, "that was erased");
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 0), "the depth");
    }

    /** Receivers give back, set aside and send again, while others send. */
    private static void moving(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        Set<String> kept = ConcurrentHashMap.newKeySet();
        AtomicLong erased = new AtomicLong();
        int sent = 400;
        for (int i = 0; i < sent; i++) {
            queue.send("secret " + i, "kept " + i);
        }
        scope.together(4, mine -> {
            QueueReceiver receiver = queue.receiver();
            for (int round = 0; round < 60; round++) {
                if (mine == 0 && round == 20) {
                    erased.addAndGet(scope.queue().erase(queue.name(), SECRET));
                }
                for (Delivered each : receiver.poll(10, Duration.ZERO)) {
                    move(scope, queue, each, round, kept);
                }
                scope.queue()
                        .deadLetters(queue.name())
                        .redrive(queue.letters().stream()
                                .limit(5)
                                .map(letter -> letter.number())
                                .toList());
            }
            receiver.close();
        });
        Expect.equal(erased.get(), (long) sent, "the number of erased messages");
        scope.time().advance(Duration.ofMinutes(2));
        QueueReceiver receiver = queue.receiver();
        scope.queue()
                .deadLetters(queue.name())
                .redrive(queue.letters().stream().map(letter -> letter.number()).toList());
        while (kept.size() < sent) {
            Delivered each = queue.take(receiver, 1).getFirst();
            Expect.that(!SECRET.test(each.message()), "nothing that was erased, but " + Queueing.text(each) + " came");
            kept.add(Queueing.text(each));
            queue.acknowledge(each);
        }
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 0), "the depth");
    }

    private static void move(Scope scope, Queueing queue, Delivered each, int round, Set<String> kept)
            throws Exception {
        if (!SECRET.test(each.message()) && round % 3 == 0) {
            queue.acknowledge(each);
            kept.add(Queueing.text(each));
        } else if (round % 3 == 1) {
            settled(scope, each.setAside("moved"));
        } else {
            settled(scope, each.giveBack(Duration.ofMillis(round)));
        }
    }

    /** What is erased in the middle is fenced off. */
    private static void settled(Scope scope, CompletableFuture<?> settlement) throws Exception {
        try {
            scope.acknowledged(settlement);
        } catch (FairleadException e) {
            Expect.equal(e.code(), ErrorCode.FENCED, "the error of a settlement");
        }
    }

    private static void later(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.sendLater("secret 1", scope.time().now().plusSeconds(60));
        queue.sendLater("secret 2", scope.time().now().plusSeconds(60));
        queue.sendLater("kept", scope.time().now().plusSeconds(60));
        Expect.equal(scope.queue().erase(queue.name(), SECRET), 2L, "the number of erased messages");
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 1, 0, 0), "the depth");
        scope.time().advance(Duration.ofSeconds(61));
        QueueReceiver receiver = queue.receiver();
        queue.acknowledge(queue.take(receiver, "kept"));
        queue.none(receiver, "that was erased");
    }

    private static void reopened(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        queue.send("secret", "kept 1", "kept 2");
        queue.take(queue.receiver(), "secret");
        scope.queue().erase(queue.name(), SECRET);
        scope.reopen();
        QueueReceiver receiver = queue.receiver();
        queue.acknowledge(queue.take(receiver, "kept 1"));
        queue.acknowledge(queue.take(receiver, "kept 2"));
        queue.none(receiver, "that was erased");
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 0), "the depth");
    }
}
