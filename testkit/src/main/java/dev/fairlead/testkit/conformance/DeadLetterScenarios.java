package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages that were set aside, and what becomes of them. */
final class DeadLetterScenarios {
    private DeadLetterScenarios() {}

    static List<Scenario> all() {
        return List.of(
                dead("what is set aside is listed with its error, and comes no more", DeadLetterScenarios::listed),
                dead("dead letters are read page by page", DeadLetterScenarios::pages),
                dead("what is sent again comes in order, as if new", DeadLetterScenarios::redriven),
                dead("of two who send a dead letter again one succeeds", DeadLetterScenarios::redrivenOnce),
                dead("what is dismissed is gone, and the reason is kept", DeadLetterScenarios::dismissed),
                dead("an error of any length is kept, or its beginning", DeadLetterScenarios::longError));
    }

    private static Scenario dead(String name, Scenario.Body body) {
        return Scenario.declaring("dead letters", Capability.QUEUE, name, body);
    }

    private static void listed(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        queue.send("a", "b");
        scope.acknowledged(queue.take(receiver, "a").giveBack(Duration.ZERO));
        for (Delivered each : queue.take(receiver, 2)) {
            if (Queueing.text(each).equals("a")) {
                scope.acknowledged(each.setAside("poison, Grüße"));
            } else {
                queue.acknowledge(each);
            }
        }
        scope.time().advance(Queueing.LEASE.multipliedBy(2));
        queue.none(receiver, "that was set aside");
        DeadLetter letter = queue.letters().getFirst();
        Expect.equal(Queueing.text(letter.message()), "a", "the message");
        Expect.bytes(letter.message().header(), new byte[] {7}, "the header");
        Expect.equal(letter.error(), "poison, Grüße", "the error");
        Expect.equal(letter.attempts(), 2, "the attempts");
        Expect.that(!letter.since().isAfter(scope.time().now()), "a moment in the past, not " + letter.since());
        DeadLetters letters = scope.otherQueue().deadLetters(queue.name());
        Expect.equal(
                letters.find(letter.number()).map(found -> Queueing.text(found.message())),
                Optional.of("a"),
                "what is found by its number");
        Expect.equal(letters.find(letter.number() + 1).isPresent(), false, "whether there is another");
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 1), "the depth");
    }

    private static void pages(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            texts.add("m" + i);
        }
        queue.dead(queue.receiver(), texts.toArray(String[]::new));
        DeadLetters letters = scope.queue().deadLetters(queue.name());
        List<DeadLetter> all = new ArrayList<>();
        for (List<DeadLetter> page = letters.list(DeadLetters.START, 10);
                !page.isEmpty();
                page = letters.list(all.getLast().number(), 10)) {
            Expect.that(page.size() <= 10, "at most 10 in a page, not " + page.size());
            all.addAll(page);
        }
        Expect.equal(Queueing.texts(all), texts, "the dead letters, the oldest first");
        for (int bad : List.of(0, DeadLetters.MOST + 1)) {
            Expect.fails(ErrorCode.BAD_VALUE, queue.name(), () -> letters.list(DeadLetters.START, bad));
        }
    }

    private static void redriven(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        queue.dead(receiver, "a", "b", "c", "d");
        List<Long> numbers = queue.letters().stream().map(DeadLetter::number).toList();
        queue.send("before");
        DeadLetters letters = scope.queue().deadLetters(queue.name());
        Expect.equal(letters.redrive(numbers.subList(0, 3)), 3, "the number of letters sent again");
        Expect.equal(Queueing.texts(queue.letters()), List.of("d"), "the dead letters that are left");
        for (String text : List.of("before", "a", "b", "c")) {
            Delivered again = queue.take(receiver, text);
            Expect.equal(again.attempt(), 1, "the attempt of " + text);
            queue.acknowledge(again);
        }
        Expect.equal(letters.redrive(numbers.subList(0, 3)), 0, "the number of letters sent again in vain");
        Expect.equal(letters.redrive(List.of()), 0, "the number of no letters");
        queue.none(receiver, "that was sent again before");
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 1), "the depth");
    }

    private static void redrivenOnce(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        String[] texts = new String[40];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "m" + i;
        }
        queue.dead(receiver, texts);
        List<Long> numbers = queue.letters().stream().map(DeadLetter::number).toList();
        AtomicInteger redriven = new AtomicInteger();
        scope.together(4, mine -> {
            for (Long number : numbers) {
                redriven.addAndGet(scope.queue().deadLetters(queue.name()).redrive(List.of(number, number)));
            }
        });
        Expect.equal(redriven.get(), texts.length, "the letters sent again by four at once");
        for (Delivered each : queue.take(receiver, texts.length)) {
            queue.acknowledge(each);
        }
        queue.none(receiver, "a second time");
    }

    private static void dismissed(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        queue.dead(receiver, "a", "b");
        DeadLetters letters = scope.queue().deadLetters(queue.name());
        long number = queue.letters().getFirst().number();
        for (String bad : List.of("", "  ", "x".repeat(DeadLetters.MAX_REASON + 1))) {
            Expect.fails(ErrorCode.BAD_VALUE, queue.name(), () -> letters.dismiss(number, bad));
        }
        letters.dismiss(number, "the customer is gone");
        Expect.fails(ErrorCode.BAD_VALUE, queue.name(), () -> letters.dismiss(number, "again"));
        Expect.equal(letters.redrive(List.of(number)), 0, "the number of dismissed letters sent again");
        Expect.equal(Queueing.texts(queue.letters()), List.of("b"), "the dead letters that are left");
        Dismissal kept = letters.dismissals().getFirst();
        Expect.equal(kept.number(), number, "the number of the dismissal");
        Expect.equal(kept.reason(), "the customer is gone", "the reason of the dismissal");
        scope.time().advance(Duration.ofSeconds(1));
        letters.dismiss(queue.letters().getFirst().number(), "no use");
        Expect.equal(
                letters.dismissals().stream().map(Dismissal::reason).toList(),
                List.of("no use", "the customer is gone"),
                "the reasons, the newest first");
        Expect.equal(scope.queue().depth(queue.name()), new QueueDepth(0, 0, 0, 0), "the depth");
    }

    private static void longError(Scope scope) throws Exception {
        Queueing queue = Queueing.defined(scope);
        QueueReceiver receiver = queue.receiver();
        String error = "x".repeat(Delivered.MAX_ERROR - 1) + "yz";
        queue.send("a", "b");
        scope.acknowledged(queue.take(receiver, "a").setAside(error));
        scope.acknowledged(queue.take(receiver, "b").setAside(""));
        String kept = queue.letters().getFirst().error();
        Expect.that(
                kept.length() <= Delivered.MAX_ERROR && kept.startsWith("xxx"),
                "the beginning of the error, not " + kept.length() + " characters");
        Expect.equal(queue.letters().get(1).error(), "", "an empty error");
    }
}
