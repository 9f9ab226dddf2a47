package dev.fairlead.testkit.calling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an asker is told when messages or processes get lost. */
class DistributedCallFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final MemoryNetwork.Faults ALL_LOST = new MemoryNetwork.Faults(100, 0, 0);
    private static final String ITEM = "shop.quote";

    private final MemoryNetwork network = new MemoryNetwork(7);
    private final SettableTime time = SettableTime.create();
    private final List<CallingMechanism> opened = new ArrayList<>();
    private final CallingMechanism asker = open();
    private final CallingMechanism owner = open();

    @AfterEach
    void end() {
        opened.forEach(CallingMechanism::close);
        network.close();
    }

    private CallingMechanism open() {
        CallingMechanism mechanism = new CallingMechanism(network, time);
        opened.add(mechanism);
        return mechanism;
    }

    private static CompletableFuture<Answer> ask(CallingMechanism mechanism, String text) {
        return mechanism.ask(ITEM, new Question(new byte[0], text.getBytes(UTF_8)), DEADLINE);
    }

    private static Answer echo(Question question) {
        return new Answer.Given(new byte[0], question.payload());
    }

    private static String text(CompletableFuture<Answer> outcome) {
        return outcome.join() instanceof Answer.Given given
                ? new String(given.payload(), UTF_8)
                : outcome.join().toString();
    }

    private static ErrorCode code(CompletableFuture<Answer> outcome) {
        try {
            throw new AssertionError("it was answered: " + outcome.join());
        } catch (CompletionException e) {
            return ((FairleadException) e.getCause()).code();
        }
    }

    /** Holds what it is asked. */
    private static final class Holding implements Answerer {
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public Answer answer(Question question) {
            asked.add(new String(question.payload(), UTF_8));
            waitFor(goOn);
            return echo(question);
        }

        void awaitAsked(int number) {
            await().atMost(PATIENCE).until(() -> asked.size() == number);
        }
    }

    @Test
    void aQuestionOrAnswerThatGotLostIsUnknownAtTheDeadline() {
        AtomicInteger runs = new AtomicInteger();
        owner.answer(ITEM, 4, question -> {
            if (runs.incrementAndGet() == 2) {
                network.faults(ALL_LOST);
            }
            return echo(question);
        });
        assertThat(text(ask(asker, "found"))).isEqualTo("found");
        CompletableFuture<Answer> answerLost = ask(asker, "answer lost");
        await().atMost(PATIENCE).until(() -> runs.get() == 2);
        CompletableFuture<Answer> questionLost = ask(asker, "question lost");
        time.advance(DEADLINE);

        assertThat(code(answerLost)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        // After a silence it is not handed over at all.
        assertThat(code(questionLost)).isIn(ErrorCode.OUTCOME_UNKNOWN, ErrorCode.DEADLINE);
        network.faults(MemoryNetwork.Faults.NONE);
        assertThat(text(ask(asker, "next"))).isEqualTo("next");
        assertThat(runs).hasValue(3);
    }

    @Test
    void aQuestionThatSurelyNeverLeftIsUnreachable() {
        AtomicInteger runs = new AtomicInteger();
        owner.answer(ITEM, 4, question -> {
            runs.incrementAndGet();
            return echo(question);
        });
        network.refuse(owner.address()::equals);
        assertThat(code(ask(asker, "refused"))).isEqualTo(ErrorCode.UNREACHABLE);
        network.refuse(address -> false);
        assertThat(text(ask(asker, "next"))).isEqualTo("next");
        assertThat(runs).hasValue(1);
    }

    @Test
    void whileTheNetworkIsAwayNothingRunsAndAllSaySo() {
        network.away(true);
        assertThat(code(ask(asker, "a"))).isEqualTo(ErrorCode.UNREACHABLE);
        assertThatThrownBy(() -> owner.answer(ITEM, 1, DistributedCallFaultsTest::echo))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE));
        network.away(false);
        assertThat(code(ask(asker, "b"))).isEqualTo(ErrorCode.UNREACHABLE);
        owner.answer(ITEM, 1, DistributedCallFaultsTest::echo);
        assertThat(text(ask(asker, "c"))).isEqualTo("c");
    }

    @Test
    void theQuestionsOfAKilledAnswererAreUnknownAndThoseThatWaitedNeverRan() {
        Holding holding = new Holding();
        owner.answer(ITEM, 1, holding);
        CompletableFuture<Answer> held = ask(asker, "held");
        holding.awaitAsked(1);
        CompletableFuture<Answer> waiting = ask(asker, "waiting");
        network.cut(owner.address());
        network.expire(owner.address());

        assertThat(code(held)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(code(waiting)).isEqualTo(ErrorCode.UNREACHABLE);
        holding.goOn.countDown();
        assertThat(holding.asked).containsExactly("held");
    }

    @Test
    void theWaitingQuestionsOfAKilledAnswererGoToTheNextOne() {
        Holding holding = new Holding();
        owner.answer(ITEM, 1, holding);
        CompletableFuture<Answer> held = ask(asker, "held");
        holding.awaitAsked(1);
        CompletableFuture<Answer> waiting = ask(asker, "waiting");
        network.cut(owner.address());
        network.expire(owner.address());
        open().answer(ITEM, 1, DistributedCallFaultsTest::echo);

        assertThat(text(waiting)).isEqualTo("waiting");
        assertThat(code(held)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        holding.goOn.countDown();
    }

    @Test
    void aKilledAnswererThatIsStillListedIsHandedNothing() {
        owner.answer(ITEM, 1, DistributedCallFaultsTest::echo);
        network.cut(owner.address());
        CompletableFuture<Answer> beforeTheNext = ask(asker, "before the next");
        open().answer(ITEM, 1, DistributedCallFaultsTest::echo);

        assertThat(text(beforeTheNext)).isEqualTo("before the next");
        for (int i = 0; i < 20; i++) {
            assertThat(text(ask(asker, "question " + i))).isEqualTo("question " + i);
        }
    }

    @Test
    void whoIsListedButDeadMakesAQuestionWaitAndItNeverRan() {
        owner.answer(ITEM, 1, DistributedCallFaultsTest::echo);
        network.cut(owner.address());
        CompletableFuture<Answer> waiting = ask(asker, "waiting");
        await().atMost(PATIENCE).until(() -> !asker.address().isEmpty() && network.isQuiet());
        time.advance(DEADLINE);

        assertThat(code(waiting)).isEqualTo(ErrorCode.DEADLINE);
    }

    @Test
    void aKilledAskerKeepsNoPlaceForEver() {
        Holding holding = new Holding();
        owner.answer(ITEM, 1, holding);
        CallingMechanism killed = open();
        ask(killed, "of the killed");
        holding.awaitAsked(1);
        ask(killed, "waits here");
        CompletableFuture<Answer> waiting = ask(asker, "waiting");
        network.cut(killed.address());
        holding.goOn.countDown();

        assertThat(text(waiting)).isEqualTo("waiting");
        assertThat(text(ask(asker, "next"))).isEqualTo("next");
    }

    @Test
    void whatAnotherAskerLeftNoRoomForNeverRan() {
        Holding holding = new Holding();
        owner.answer(ITEM, 1, holding);
        CompletableFuture<Answer> held = ask(open(), "held");
        holding.awaitAsked(1);
        CompletableFuture<Answer> waiting = ask(asker, "waiting");
        await().atMost(PATIENCE).until(() -> network.turnedAway() >= 1 && network.isQuiet());
        time.advance(DEADLINE);

        assertThat(code(waiting)).isEqualTo(ErrorCode.DEADLINE);
        assertThat(code(held)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        holding.goOn.countDown();
        assertThat(holding.asked).containsExactly("held");
    }

    @Test
    void askersTakeTurnsWhereThereIsLittleRoom() {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch goOn = new CountDownLatch(1);
        owner.answer(ITEM, 1, question -> {
            waitFor(goOn);
            network.awaitQuiet(); // whose turn it was before has come back for the next one
            ran.add(new String(question.payload(), UTF_8));
            return echo(question);
        });
        List<CallingMechanism> askers = List.of(open(), open(), open());
        List<CompletableFuture<Answer>> outcomes = new ArrayList<>();
        for (CallingMechanism each : askers) {
            for (int i = 0; i < 20; i++) {
                outcomes.add(ask(each, "" + askers.indexOf(each)));
            }
        }
        await().atMost(PATIENCE).until(() -> network.turnedAway() >= 2 && network.isQuiet());
        goOn.countDown();
        outcomes.forEach(CompletableFuture::join);

        assertThat(ran).hasSize(60);
        for (int from = 6; from < 54; from += 3) {
            assertThat(ran.subList(from, from + 6)).as("from " + from).contains("0", "1", "2");
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aClosedAnswererElsewhereSendsItsQuestionsOn() {
        Holding holding = new Holding();
        OpenAnswerer first = owner.answer(ITEM, 1, holding);
        CompletableFuture<Answer> held = ask(asker, "held");
        holding.awaitAsked(1);
        CompletableFuture<Answer> waiting = ask(asker, "waiting");
        open().answer(ITEM, 1, DistributedCallFaultsTest::echo);
        first.close();

        assertThat(text(waiting)).isEqualTo("waiting");
        holding.goOn.countDown();
        assertThat(text(held)).isEqualTo("held");
        assertThat(text(ask(asker, "next"))).isEqualTo("next");
    }

    @Test
    void whoHasLeftIsNotAskedAgainWhileHeIsStillListed() {
        OpenAnswerer answerer = owner.answer(ITEM, 1, DistributedCallFaultsTest::echo);
        assertThat(text(ask(asker, "before"))).isEqualTo("before");
        network.freezeList();
        answerer.close();

        assertThat(code(ask(asker, "after"))).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(code(ask(open(), "of one who never asked before"))).isEqualTo(ErrorCode.UNREACHABLE);
    }

    /** As after a server was away for longer than an announcement lasts. */
    @Test
    void anAnswererThatWasNotListedForAWhileIsFoundAgain() {
        owner.answer(ITEM, 1, DistributedCallFaultsTest::echo);
        assertThat(text(ask(asker, "before"))).isEqualTo("before");
        await().atMost(PATIENCE).until(() -> {
            network.expire(owner.address());
            return fails(ask(asker, "meanwhile"));
        });
        owner.answer("shop.other", 1, DistributedCallFaultsTest::echo); // announces all of its answerers

        await().atMost(PATIENCE).until(() -> !fails(ask(asker, "after")));
    }

    private static boolean fails(CompletableFuture<Answer> outcome) {
        return outcome.handle((answer, failure) -> failure != null).join();
    }

    @Test
    void bytesThatAreNoMessageAreDropped() {
        owner.answer(ITEM, 1, DistributedCallFaultsTest::echo);
        assertThat(text(ask(asker, "before"))).isEqualTo("before");
        for (byte[] bytes : List.of(new byte[0], new byte[] {1}, new byte[] {1, 1, 127, 0, 0, 0}, new byte[2000])) {
            network.deliver(owner.address(), bytes);
            network.deliver(asker.address(), bytes);
        }
        assertThat(text(ask(asker, "after"))).isEqualTo("after");
    }

    @Test
    void aRealClockEndsAQuestionToo() {
        try (CallingMechanism real = new CallingMechanism(network, TimeSource.SYSTEM)) {
            Holding holding = new Holding();
            owner.answer(ITEM, 1, holding);
            CompletableFuture<Answer> held =
                    real.ask(ITEM, new Question(new byte[0], new byte[0]), Duration.ofMillis(30));
            assertThat(code(held)).isIn(ErrorCode.OUTCOME_UNKNOWN, ErrorCode.DEADLINE);
            holding.goOn.countDown();
        }
    }
}
