package dev.fairlead.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Seeds;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One outcome for each question, and everything in time. */
class QuestionRulesTest {
    @Test
    void questionsWithOneOutcomeEachPass() {
        Verdict verdict = new Scripted()
                .asked(1, 0)
                .asked(2, 0)
                .answered(2, 0)
                .answered(2, 0)
                .outcomeOf(Type.OK, 2, 0)
                .outcomeOf(Type.INFO, 1, 0)
                .answered(1, 0)
                .asked(1, 1)
                .outcomeOf(Type.FAIL, 1, 1)
                .verdict();

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A14, Rule.A16);
    }

    @Test
    void noOutcomeTwoOutcomesOrOneOutOfNowhereBreakA14() {
        Breaches.of(new Scripted().asked(1, 0), Rule.A14, "has no outcome");
        Breaches.of(
                new Scripted()
                        .asked(1, 0)
                        .answered(1, 0)
                        .outcomeOf(Type.INFO, 1, 0)
                        .outcomeOf(Type.OK, 1, 0),
                Rule.A14,
                "has a second outcome");
        Breaches.of(new Scripted().outcomeOf(Type.FAIL, 1, 0), Rule.A14, "was never asked");
        Breaches.of(new Scripted().answered(1, 0), Rule.A14, "was answered and never asked");
        Breaches.of(new Scripted().asked(1, 0).asked(1, 0).outcomeOf(Type.FAIL, 1, 0), Rule.A14, "was asked before");
    }

    @Test
    void anotherQuestionsAnswerOrOneThatNobodyGaveBreaksA14() {
        Scripted crossed = new Scripted().asked(1, 0).answered(1, 0).outcomeOf(Type.OK, 1, 0);
        crossed.change(2, event -> Edited.checksum(event, HistoryEvent.checksum(0, 2, 0)));
        Breaches.of(crossed, Rule.A14, "the answer to another question");
        Breaches.of(new Scripted().asked(1, 0).outcomeOf(Type.OK, 1, 0), Rule.A14, "that no handler gave");
    }

    @Test
    void whatComesLateBreaksA16() {
        Breaches.of(
                new Scripted().asked(1, 0).pause(Duration.ofSeconds(31)).outcomeOf(Type.INFO, 1, 0),
                Rule.A16,
                "ms after it was owed");
        Breaches.of(
                new Scripted()
                        .sent(1, 0, 0)
                        .delivered(1, 0, 0)
                        .sent(1, 1, 1)
                        .pause(Duration.ofSeconds(31))
                        .delivered(1, 1, 1),
                Rule.A16,
                "ms after it was owed");
        Breaches.none(new Scripted()
                .sent(1, 0, 0)
                .pause(Duration.ofSeconds(31))
                .delivered(1, 0, 0)
                .events());
    }

    @Test
    void nothingIsOwedWhileFaultsLast() {
        Scripted late = new Scripted()
                .sent(1, 0, 0)
                .delivered(1, 0, 0)
                .disturbed()
                .sent(1, 1, 1)
                .sent(1, 2, 2)
                .pause(Duration.ofSeconds(31))
                .delivered(1, 1, 1)
                .healed();
        Breaches.none(late.pause(Duration.ofSeconds(29)).delivered(1, 2, 2).events());
        Breaches.of(
                late.sent(1, 3, 3).pause(Duration.ofSeconds(31)).delivered(1, 3, 3), Rule.A16, "ms after it was owed");
    }

    @Test
    void aReaderThatNeverGetsToTheEndBreaksA16UnlessItHasLeft() {
        Scripted stuck = new Scripted()
                .sent(1, 0, 0)
                .delivered(1, 0, 0)
                .sent(1, 1, 1)
                .add(7, Type.OK, Function.DELIVER, 1, 0, 0, 1)
                .add(7, Type.OK, Function.DELIVER, 1, 1, 1, 1);
        Breaches.none(stuck.events());
        List<HistoryEvent> left = new ArrayList<>(stuck.events());
        Breaches.of(
                stuck.pause(Duration.ofSeconds(40))
                        .healed()
                        .pause(Duration.ofSeconds(31))
                        .mark(Function.COMMIT, 1, 1),
                Rule.A16,
                "process 2 had not got it");

        left.add(new Scripted().mark(Function.REVOKE, 0, 1).last());
        left.add(new Scripted()
                .pause(Duration.ofSeconds(90))
                .add(7, Type.OK, Function.COMMIT, 0, 0, 2, 1)
                .last());
        Breaches.none(left);
    }

    enum Mutation {
        NO_OUTCOME,
        SECOND_OUTCOME,
        CROSS_TALK,
        NEVER_ASKED
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void oneMutationOfRandomQuestionsIsAlwaysFound(Mutation mutation) {
        Seeds.first(50).check((seed, random) -> {
            List<HistoryEvent> events = new ArrayList<>(random(random).events());
            Breaches.none(events);
            List<HistoryEvent> outcomes = events.stream()
                    .filter(event -> event.function() == Function.ASK && event.type() == Type.OK)
                    .toList();
            HistoryEvent victim = outcomes.get(random.nextInt(outcomes.size()));
            switch (mutation) {
                case NO_OUTCOME -> events.remove(victim);
                case SECOND_OUTCOME -> events.add(Edited.type(victim, Type.INFO));
                case CROSS_TALK ->
                    events.set(
                            events.indexOf(victim),
                            Edited.checksum(victim, HistoryEvent.checksum(0, victim.key(), victim.sequence() + 1)));
                case NEVER_ASKED ->
                    events.removeIf(event -> event.type() == Type.INVOKE
                            && event.key() == victim.key()
                            && event.sequence() == victim.sequence());
            }
            assertThat(HistoryChecker.check(events).passed()).isFalse();
        });
    }

    private static Scripted random(RandomGenerator random) {
        Scripted history = new Scripted();
        for (int number = 0; number < 60; number++) {
            int asker = random.nextInt(4);
            history.asked(asker, number);
            switch (random.nextInt(3)) {
                case 0 -> history.answered(asker, number).outcomeOf(Type.OK, asker, number);
                case 1 -> history.outcomeOf(Type.INFO, asker, number).answered(asker, number);
                default -> history.outcomeOf(Type.FAIL, asker, number);
            }
        }
        return history;
    }

    @Test
    void aMillionEventsAreJudged() {
        Scripted history = new Scripted();
        for (int i = 0; i < 250_000; i++) {
            history.sent(i % 1000, i / 1000, i);
        }
        for (int i = 0; i < 250_000; i++) {
            history.delivered(i % 1000, i / 1000, i);
            history.effect(5, i % 1000, i / 1000, i, 1);
        }
        Breaches.none(history.events());
    }
}
