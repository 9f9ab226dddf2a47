package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.OpenAnswerer;
import java.time.Duration;
import java.util.List;

/** How questions end that get no answer, and what their askers know. */
final class CallEndScenarios {
    private static final String GROUP = "call ends";
    private static final Duration DEADLINE = Duration.ofMillis(300);

    private CallEndScenarios() {}

    static List<Scenario> all() {
        return List.of(
                ending("a question that nobody answers fails at once", CallEndScenarios::nobody),
                ending("a question without time left does not run", CallEndScenarios::noTime),
                ending("at the deadline the outcome of a held question is unknown", CallEndScenarios::unknown),
                ending("an answer at the deadline is dropped and counted", CallEndScenarios::atTheDeadline),
                ending("a question that waited until its deadline never ran", CallEndScenarios::neverRan),
                ending("a question that was given up is dropped and counted", CallEndScenarios::givenUp),
                ending("a closed answerer answers what it holds and takes no more", CallEndScenarios::closedAnswerer),
                ending("the close of an answerer's instance leaves its outcomes unknown", CallEndScenarios::ownerGone),
                ending("a close ends questions under way with CLOSED", CallEndScenarios::askerGone),
                ending("questions and answerers after close fail with CLOSED", CallEndScenarios::afterClose));
    }

    private static Scenario ending(String name, Scenario.Body body) {
        return Scenario.declaring(GROUP, Capability.CALL, name, body);
    }

    private static void nobody(Scope scope) {
        String item = scope.freshName();
        Asking.of(scope, scope.call(), item, "a").fails(ErrorCode.UNREACHABLE);
        scope.call().answer(item, 1, question -> Asking.given("")).close();
        Asking.of(scope, scope.call(), item, "b").fails(ErrorCode.UNREACHABLE);
    }

    private static void noTime(Scope scope) {
        String item = scope.freshName();
        Held held = new Held(scope.patience());
        scope.call().answer(item, 8, held);
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            Asking.of(scope, scope.call(), item, "a", none).fails(ErrorCode.DEADLINE);
        }
        held.letGo();
        Expect.equal(held.runs(), 0, "the questions that ran");
    }

    private static void unknown(Scope scope) throws Exception {
        String item = scope.freshName();
        Held held = new Held(scope.patience());
        OpenAnswerer answerer = scope.call().answer(item, 2, held);
        Asking asking = Asking.of(scope, scope.call(), item, "a", DEADLINE);
        held.awaitQuestions(1);
        scope.time().advance(DEADLINE.minusNanos(1));
        Expect.that(!asking.outcome().isDone(), "the asker to wait until the deadline");
        scope.time().advance(Duration.ofNanos(1));
        asking.fails(ErrorCode.OUTCOME_UNKNOWN);
        Expect.equal(answerer.dropped(), 0L, "the dropped answers while the question is held");
        held.letGo();
        awaitDropped(scope, answerer, 1);
        asking.fails(ErrorCode.OUTCOME_UNKNOWN);
        Expect.equal(Asking.of(scope, scope.call(), item, "b").answerText(), "to b", "the answer to the next question");
    }

    private static void atTheDeadline(Scope scope) throws Exception {
        String item = scope.freshName();
        OpenAnswerer answerer = scope.call().answer(item, 1, question -> {
            scope.time().advance(DEADLINE);
            return Asking.given("too late");
        });
        Asking.of(scope, scope.call(), item, "a", DEADLINE).fails(ErrorCode.OUTCOME_UNKNOWN);
        awaitDropped(scope, answerer, 1);
        Expect.equal(
                Asking.of(scope, scope.call(), item, "b", DEADLINE.plusNanos(1)).answerText(),
                "too late",
                "the answer that came in time");
    }

    private static void neverRan(Scope scope) throws Exception {
        String item = scope.freshName();
        Held held = new Held(scope.patience());
        scope.call().answer(item, 1, held);
        Asking holding = Asking.of(scope, scope.call(), item, "a");
        held.awaitQuestions(1);
        Asking waiting = Asking.of(scope, scope.call(), item, "b", DEADLINE);
        scope.time().advance(DEADLINE);
        waiting.fails(ErrorCode.DEADLINE);
        held.letGo();
        Expect.equal(holding.answerText(), "to a", "the answer to the question that was held");
        Expect.equal(Asking.of(scope, scope.call(), item, "c").answerText(), "to c", "the answer to the next question");
        Expect.equal(held.runs(), 2, "the questions that ran");
    }

    private static void givenUp(Scope scope) throws Exception {
        String item = scope.freshName();
        Held held = new Held(scope.patience());
        OpenAnswerer answerer = scope.call().answer(item, 1, held);
        Asking asking = Asking.of(scope, scope.call(), item, "a");
        held.awaitQuestions(1);
        Asking.of(scope, scope.call(), item, "waits").outcome().cancel(false);
        asking.outcome().cancel(false);
        held.letGo();
        awaitDropped(scope, answerer, 1);
        Expect.equal(Asking.of(scope, scope.call(), item, "c").answerText(), "to c", "the answer to the next question");
        Expect.equal(held.runs(), 2, "the questions that ran");
    }

    private static void closedAnswerer(Scope scope) throws Exception {
        String item = scope.freshName();
        Held first = new Held(scope.patience());
        Held second = new Held(scope.patience());
        OpenAnswerer one = scope.call().answer(item, 1, first);
        Asking held = Asking.of(scope, scope.call(), item, "a");
        first.awaitQuestions(1);
        Asking waiting = Asking.of(scope, scope.call(), item, "b");
        OpenAnswerer two = scope.call().answer(item, 1, second);
        second.awaitQuestions(1);
        scope.start(one::close).join();
        scope.start(one::close).join();
        Asking last = Asking.of(scope, scope.call(), item, "c");
        Expect.that(!last.outcome().isDone(), "a question to wait for the answerer that is left");
        scope.start(two::close).join();
        last.fails(ErrorCode.UNREACHABLE);
        first.letGo();
        second.letGo();
        Expect.equal(held.answerText(), "to a", "the answer of the closed answerer");
        Expect.equal(waiting.answerText(), "to b", "the answer of the other closed answerer");
        Expect.equal(first.runs() + second.runs(), 2, "the questions that ran");
        Expect.equal(one.dropped() + two.dropped(), 0L, "the dropped answers");
    }

    private static void ownerGone(Scope scope) throws Exception {
        String item = scope.freshName();
        Held held = new Held(scope.patience());
        OpenAnswerer answerer = scope.otherCall().answer(item, 1, held);
        Asking asking = Asking.of(scope, scope.call(), item, "a");
        held.awaitQuestions(1);
        Asking waiting = Asking.of(scope, scope.call(), item, "b");
        scope.start(() -> scope.other().close()).join();
        asking.fails(ErrorCode.OUTCOME_UNKNOWN);
        waiting.fails(ErrorCode.UNREACHABLE);
        Asking.of(scope, scope.call(), item, "c").fails(ErrorCode.UNREACHABLE);
        held.letGo();
        awaitDropped(scope, answerer, 1);
        Expect.equal(held.runs(), 1, "the questions that ran");
    }

    private static void askerGone(Scope scope) throws Exception {
        String item = scope.freshName();
        Held held = new Held(scope.patience());
        OpenAnswerer answerer = scope.call().answer(item, 1, held);
        Asking asking = Asking.of(scope, scope.otherCall(), item, "a");
        held.awaitQuestions(1);
        Asking waiting = Asking.of(scope, scope.otherCall(), item, "b");
        scope.start(() -> scope.other().close()).join();
        Expect.fails(ErrorCode.CLOSED, asking::answer);
        Expect.fails(ErrorCode.CLOSED, waiting::answer);
        held.letGo();
        awaitDropped(scope, answerer, 1);
        Expect.equal(Asking.of(scope, scope.call(), item, "c").answerText(), "to c", "the answer to another asker");
        Expect.equal(held.runs(), 2, "the questions that ran");
    }

    private static void afterClose(Scope scope) {
        String item = scope.freshName();
        Call closed = scope.otherCall();
        scope.call().answer(item, 1, question -> Asking.given(""));
        scope.other().close();
        Expect.fails(ErrorCode.CLOSED, () -> closed.answer(item, 1, question -> Asking.given("")));
        Expect.fails(ErrorCode.CLOSED, () -> Asking.of(scope, closed, item, "a").answer());
    }

    private static void awaitDropped(Scope scope, OpenAnswerer answerer, long expected) throws Exception {
        long begin = System.nanoTime();
        while (answerer.dropped() < expected
                && System.nanoTime() - begin < scope.patience().toNanos()) {
            Thread.onSpinWait();
        }
        Expect.equal(answerer.dropped(), expected, "the dropped answers");
    }
}
