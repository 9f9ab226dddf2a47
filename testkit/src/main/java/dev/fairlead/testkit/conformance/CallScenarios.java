package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Questions, their answers, and who gets them. */
final class CallScenarios {
    private static final String GROUP = "calls";

    private CallScenarios() {}

    static List<Scenario> all() {
        return List.of(
                calling("question and answer arrive byte for byte", CallScenarios::byteForByte),
                calling("a refusal arrives with its code and message", CallScenarios::refusal),
                calling("another instance on the same data is asked", CallScenarios::otherInstance),
                calling("items are not mixed up", CallScenarios::items),
                calling("each answer belongs to its question", CallScenarios::noCrossTalk),
                calling("answerers share the questions in turn", CallScenarios::inTurn),
                calling("an answerer without room is left out", CallScenarios::roomIsKept),
                calling("a question or room beyond the limits is refused", CallScenarios::limits),
                calling("an answer beyond the limits becomes a refusal", CallScenarios::answerLimits),
                calling("an answerer that throws is answered for, without its message", CallScenarios::throwing),
                calling("more waiting questions than allowed are refused at once", CallScenarios::fullLine));
    }

    private static Scenario calling(String name, Scenario.Body body) {
        return Scenario.declaring(GROUP, Capability.CALL, name, body);
    }

    private static void byteForByte(Scope scope) throws Exception {
        String item = scope.freshName();
        scope.call().answer(item, 8, question -> new Answer.Given(question.payload(), question.header()));
        for (int size : List.of(0, 1, 100, Question.MAX_HEADER)) {
            byte[] header = new byte[size];
            byte[] payload = new byte[size];
            scope.random().nextBytes(header);
            scope.random().nextBytes(payload);
            Question question = new Question(header, payload);
            Answer answer = new Asking(scope, item, scope.call().ask(item, question, Asking.DEADLINE)).answer();
            if (answer instanceof Answer.Given given) {
                Expect.bytes(given.header(), payload, "the header of the answer");
                Expect.bytes(given.payload(), header, "the payload of the answer");
            } else {
                throw new AssertionError("expected an answer, but was " + answer);
            }
        }
        String longest = scope.freshName();
        scope.call().answer(longest, 1, question -> new Answer.Given(new byte[0], question.payload()));
        byte[] payload = new byte[Question.MAX_PAYLOAD];
        Arrays.fill(payload, (byte) 'x');
        Question question = new Question(new byte[0], payload);
        String text = new Asking(scope, longest, scope.call().ask(longest, question, Asking.DEADLINE)).answerText();
        Expect.equal(text.length(), Question.MAX_PAYLOAD, "the length of the longest answer");
    }

    private static void refusal(Scope scope) throws Exception {
        String item = scope.freshName();
        scope.call().answer(item, 1, question -> new Answer.Refused(new byte[] {9}, "sold-out", "none is left"));
        Answer.Refused refused = Asking.of(scope, scope.call(), item, "a").refusal();
        Expect.equal(refused.code(), "sold-out", "the code");
        Expect.equal(refused.message(), "none is left", "the message");
        Expect.bytes(refused.header(), new byte[] {9}, "the header of the refusal");
    }

    private static void otherInstance(Scope scope) throws Exception {
        String item = scope.freshName();
        scope.call().answer(item, 1, question -> Asking.given("here"));
        Expect.equal(Asking.of(scope, scope.otherCall(), item, "a").answerText(), "here", "the answer");
    }

    private static void items(Scope scope) throws Exception {
        String one = scope.freshName();
        String other = scope.freshName();
        scope.call().answer(one, 1, question -> Asking.given("one"));
        Asking.of(scope, scope.call(), other, "a").fails(ErrorCode.UNREACHABLE);
        scope.call().answer(other, 1, question -> Asking.given("other"));
        Expect.equal(Asking.of(scope, scope.call(), one, "a").answerText(), "one", "the answer of the one item");
        Expect.equal(Asking.of(scope, scope.call(), other, "a").answerText(), "other", "the answer of the other");
    }

    private static void noCrossTalk(Scope scope) throws Exception {
        String item = scope.freshName();
        scope.call().answer(item, 3, question -> Asking.given("to " + Asking.text(question)));
        scope.otherCall().answer(item, 3, question -> Asking.given("to " + Asking.text(question)));
        scope.together(8, number -> {
            for (int i = 0; i < 250; i++) {
                String question = number + "/" + i;
                Call call = i % 2 == 0 ? scope.call() : scope.otherCall();
                Expect.equal(Asking.of(scope, call, item, question).answerText(), "to " + question, "the answer");
            }
        });
    }

    private static void inTurn(Scope scope) throws Exception {
        String item = scope.freshName();
        List<AtomicInteger> runs = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        for (AtomicInteger mine : runs) {
            scope.call().answer(item, 4, question -> Asking.given("" + mine.incrementAndGet()));
        }
        for (int i = 0; i < 30; i++) {
            Asking.of(scope, scope.call(), item, "q" + i).answer();
        }
        for (AtomicInteger mine : runs) {
            Expect.equal(mine.get(), 10, "the share of each of three answerers in 30 questions");
        }
    }

    private static void roomIsKept(Scope scope) throws Exception {
        String item = scope.freshName();
        Held held = new Held(scope.patience());
        scope.call().answer(item, 2, held);
        List<Asking> first = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            first.add(Asking.of(scope, scope.call(), item, "q" + i));
        }
        held.awaitQuestions(2);
        AtomicInteger others = new AtomicInteger();
        scope.call().answer(item, 1, question -> Asking.given("other " + others.incrementAndGet()));
        Expect.equal(first.get(2).answerText(), "other 1", "the answer to the question that waited");
        for (int i = 0; i < 5; i++) {
            Expect.equal(Asking.of(scope, scope.call(), item, "more").answerText(), "other " + (i + 2), "the answer");
        }
        Expect.equal(held.runs(), 2, "the questions held by an answerer with room for 2");
        held.letGo();
        Expect.equal(first.get(0).answerText(), "to q0", "the answer that was held");
        Expect.equal(first.get(1).answerText(), "to q1", "the other answer that was held");
    }

    private static void limits(Scope scope) {
        String item = scope.freshName();
        AtomicInteger runs = new AtomicInteger();
        scope.call().answer(item, 1, question -> Asking.given("" + runs.incrementAndGet()));
        for (Question bad : List.of(
                new Question(new byte[Question.MAX_HEADER + 1], new byte[0]),
                new Question(new byte[0], new byte[Question.MAX_PAYLOAD + 1]))) {
            new Asking(scope, item, scope.call().ask(item, bad, Asking.DEADLINE)).fails(ErrorCode.BAD_VALUE);
        }
        for (int room : List.of(-1, 0, Call.MAX_ROOM + 1)) {
            Expect.fails(
                    ErrorCode.BAD_VALUE, item, () -> scope.call().answer(item, room, question -> Asking.given("")));
        }
        Expect.equal(runs.get(), 0, "the questions that ran");
    }

    private static void answerLimits(Scope scope) throws Exception {
        String item = scope.freshName();
        List<Answer> answers = List.of(
                new Answer.Given(new byte[0], new byte[Question.MAX_PAYLOAD + 1]),
                new Answer.Refused(new byte[0], "long", "x".repeat(Answer.MAX_MESSAGE + 1)));
        scope.call().answer(item, 1, question -> answers.get(Integer.parseInt(Asking.text(question))));
        for (int i = 0; i < answers.size(); i++) {
            Answer.Refused refused =
                    Asking.of(scope, scope.call(), item, "" + i).refusal();
            Expect.equal(refused.code(), Answer.FAILED, "the code of an answer beyond the limits");
        }
    }

    private static void throwing(Scope scope) throws Exception {
        String item = scope.freshName();
        scope.call().answer(item, 1, question -> switch (Asking.text(question)) {
            case "exception" -> throw new IllegalStateException("secret");
            case "memory" -> throw new OutOfMemoryError("secret");
            case "interrupt" -> {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("secret");
            }
            default -> Asking.given("fine");
        });
        for (String how : List.of("exception", "memory", "interrupt")) {
            Answer.Refused refused = Asking.of(scope, scope.call(), item, how).refusal();
            Expect.equal(refused.code(), Answer.FAILED, "the code of an answerer that throws");
            Expect.that(!refused.message().contains("secret"), "no word of the exception, but: " + refused.message());
        }
        Expect.equal(Asking.of(scope, scope.call(), item, "next").answerText(), "fine", "the answer after that");
    }

    private static void fullLine(Scope scope) throws Exception {
        String item = scope.freshName();
        Held held = new Held(scope.patience());
        scope.call().answer(item, 1, held);
        List<Asking> waiting = new ArrayList<>();
        waiting.add(Asking.of(scope, scope.call(), item, "held"));
        held.awaitQuestions(1);
        for (int i = 0; i < Call.MAX_WAITING; i++) {
            waiting.add(Asking.of(scope, scope.call(), item, "q" + i));
        }
        Asking.of(scope, scope.call(), item, "one too many").fails(ErrorCode.UNREACHABLE);
        held.letGo();
        for (Asking asking : waiting) {
            asking.answer();
        }
        Expect.equal(held.runs(), Call.MAX_WAITING + 1, "the questions that ran");
    }
}
