package dev.fairlead.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Seeds;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a group of followers does: order, commits, effects, epochs, and what it sets aside. */
class GroupRulesTest {
    private static final int GROUP = 5;

    /** Two keys; the first record of the second is set aside with its successor and sent again after a restart. */
    private static Scripted good() {
        return new Scripted()
                .sent(1, 0, 0)
                .sent(2, 0, 1)
                .sent(1, 1, 2)
                .sent(2, 1, 3)
                .sent(3, 0, 4)
                .group(Type.OK, Function.ASSIGN, GROUP, 0, 0, 0, 1)
                .effect(GROUP, 1, 0, 0, 1)
                .group(Type.OK, Function.COMMIT, GROUP, 0, 0, 2, 1)
                .group(Type.INVOKE, Function.PARK, GROUP, 2, 0, 1, 1)
                .group(Type.OK, Function.ASSIGN, GROUP, 0, 0, 0, 2)
                .effect(GROUP, 1, 1, 2, 2)
                .group(Type.INVOKE, Function.PARK, GROUP, 2, 1, 3, 2)
                .effect(GROUP, 2, 0, 1, 2)
                .effect(GROUP, 2, 1, 3, 2)
                .group(Type.OK, Function.DISMISS, GROUP, 3, 0, 4, 2)
                .group(Type.OK, Function.COMMIT, GROUP, 0, 0, 5, 2);
    }

    @Test
    void aGoodGroupPassesAndIsJudged() {
        Verdict verdict = good().verdict();

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A7, Rule.A8, Rule.A10, Rule.A11, Rule.A15, Rule.A16);
        assertThat(verdict.judged()).doesNotContain(Rule.A9, Rule.A12, Rule.A13, Rule.A14);
    }

    @Test
    void aPositionOfNoRecordIsOwedOnlyWhereTheLogHasNoHoles() {
        Breaches.of(aHole(new Scripted()), Rule.A8, "position 1 was neither handled nor set aside");
        assertThat(aHole(new Scripted().group(Type.OK, Function.HOLES, GROUP, 0, 0, 0, 0))
                        .verdict()
                        .witnesses())
                .isEmpty();
    }

    @Test
    void anAcknowledgedRecordIsOwedWhereTheLogHasHolesToo() {
        Verdict verdict = new Scripted()
                .group(Type.OK, Function.HOLES, GROUP, 0, 0, 0, 0)
                .sent(1, 0, 0)
                .sent(2, 0, 1)
                .sent(1, 1, 3)
                .effect(GROUP, 1, 0, 0, 1)
                .effect(GROUP, 1, 1, 3, 1)
                .group(Type.OK, Function.COMMIT, GROUP, 0, 0, 4, 1)
                .verdict();

        assertThat(verdict.breaches()).containsKeys(Rule.A8, Rule.A15);
        assertThat(verdict.witnesses().get(Rule.A8)).anyMatch(witness -> witness.contains("position 1"));
    }

    /** The positions 0 and 2 are handled, and everything below 3 is committed. */
    private static Scripted aHole(Scripted before) {
        return before.sent(1, 0, 0)
                .sent(1, 1, 2)
                .effect(GROUP, 1, 0, 0, 1)
                .effect(GROUP, 1, 1, 2, 1)
                .group(Type.OK, Function.COMMIT, GROUP, 0, 0, 3, 1);
    }

    @Test
    void aKeyOutOfOrderBreaksA7() {
        Breaches.of(
                new Scripted()
                        .sent(1, 0, 0)
                        .sent(1, 1, 1)
                        .effect(GROUP, 1, 1, 1, 1)
                        .effect(GROUP, 1, 0, 0, 1),
                Rule.A7,
                "came first after sequence 1");
    }

    @Test
    void aRecordThatComesAgainAfterItsCommitBreaksA7() {
        Verdict verdict = good().effect(GROUP, 1, 1, 2, 2).verdict().by(Rule.inOrder());

        assertThat(verdict.breaches()).containsOnlyKeys(Rule.A7);
    }

    @Test
    void aCommitThatGoesBackOrBeyondWhatIsDoneBreaksA8() {
        Breaches.of(good().group(Type.OK, Function.COMMIT, GROUP, 0, 0, 4, 2), Rule.A8, "went back from 5");
        Breaches.of(
                new Scripted()
                        .sent(1, 0, 0)
                        .sent(2, 0, 1)
                        .group(Type.OK, Function.COMMIT, GROUP, 0, 0, 2, 1)
                        .effect(GROUP, 1, 0, 0, 1)
                        .group(Type.OK, Function.PARK, GROUP, 2, 0, 1, 1),
                Rule.A8,
                "position 0 was neither handled nor set aside then");
    }

    @Test
    void whatWasSetAsideAtACommitMayBeARecordOfWhichNobodyKnewThatItWasWritten() {
        Scripted unknown = new Scripted().sent(1, 0, 0).invoke(1, 1).outcome(Type.INFO, 1, 1, -1);
        Breaches.none(unknown.effect(GROUP, 1, 0, 0, 1)
                .group(Type.INVOKE, Function.PARK, GROUP, 1, 1, 1, 1)
                .group(Type.OK, Function.COMMIT, GROUP, 0, 0, 2, 1)
                .effect(GROUP, 1, 1, 1, 1)
                .events());
    }

    @Test
    void aSecondEffectBreaksA10AndADoubtfulOneDoesNot() {
        Breaches.of(
                new Scripted().sent(1, 0, 0).effect(GROUP, 1, 0, 0, 1).effect(GROUP, 1, 0, 0, 1),
                Rule.A10,
                "took effect again");
        Breaches.none(new Scripted()
                .sent(1, 0, 0)
                .group(Type.INFO, Function.EFFECT, GROUP, 1, 0, 0, 1)
                .effect(GROUP, 1, 0, 0, 2)
                .events());
        Breaches.none(new Scripted()
                .sent(1, 0, 0)
                .group(Type.INFO, Function.EFFECT, GROUP, 1, 0, 0, 1)
                .events());
    }

    @Test
    void groupsHaveEffectsOfTheirOwn() {
        Breaches.none(new Scripted()
                .sent(1, 0, 0)
                .effect(GROUP, 1, 0, 0, 1)
                .effect(GROUP + 1, 1, 0, 0, 1)
                .events());
    }

    @Test
    void anEffectUnderAnOldEpochBreaksA11() {
        Scripted assigned = new Scripted()
                .sent(1, 0, 0)
                .group(Type.OK, Function.ASSIGN, GROUP, 0, 0, 0, 1)
                .group(Type.OK, Function.ASSIGN, GROUP, 0, 0, 0, 2)
                .effect(GROUP, 1, 0, 0, 1);
        Breaches.of(assigned, Rule.A11, "epoch 1 after 2");
        Scripted ofAKey = new Scripted()
                .sent(1, 0, 0)
                .sent(1, 1, 1)
                .effect(GROUP, 1, 0, 0, 2)
                .effect(GROUP, 1, 1, 1, 1);
        Breaches.of(ofAKey, Rule.A11, "epoch 1 after 2");
    }

    @Test
    void whatIsNowhereOrInTwoPlacesBreaksA15() {
        Scripted two =
                new Scripted().sent(1, 0, 0).sent(2, 0, 1).effect(6, 1, 0, 0, 1).effect(6, 2, 0, 1, 1);
        Breaches.of(two.effect(GROUP, 1, 0, 0, 1), Rule.A15, "neither handled nor set aside");
        Breaches.of(
                two.group(Type.INVOKE, Function.PARK, GROUP, 2, 0, 1, 1), Rule.A15, "was set aside and is nowhere now");
        Scripted parked = two.group(Type.OK, Function.PARK, GROUP, 2, 0, 1, 1);
        Breaches.none(parked.events());
        Breaches.of(parked.effect(GROUP, 2, 0, 1, 1), Rule.A15, "was handled and is still set aside");
    }

    @Test
    void whatWasDroppedMayNeitherTakeEffectNorBeSetAsideBreaksA15() {
        Scripted dropped = new Scripted().sent(1, 0, 0).group(Type.OK, Function.DISMISS, GROUP, 1, 0, 0, 1);
        Breaches.none(dropped.events());
        Scripted aside = new Scripted()
                .sent(1, 0, 0)
                .group(Type.OK, Function.DISMISS, GROUP, 1, 0, 0, 1)
                .group(Type.OK, Function.PARK, GROUP, 1, 0, 0, 1);
        Breaches.of(aside, Rule.A15, "was dropped and is still set aside");
        Breaches.of(dropped.effect(GROUP, 1, 0, 0, 1), Rule.A15, "took effect after it was dropped");
    }

    @Test
    void anEffectThatComesLateBreaksA16UnlessFaultsHaveJustEnded() {
        Scripted begun = new Scripted().sent(1, 0, 0).effect(GROUP, 1, 0, 0, 1).sent(1, 1, 1);
        begun.pause(Duration.ofSeconds(31));
        Scripted healed = begun.healed();
        Breaches.none(healed.effect(GROUP, 1, 1, 1, 1).events());
        Breaches.of(
                new Scripted()
                        .sent(1, 0, 0)
                        .effect(GROUP, 1, 0, 0, 1)
                        .sent(1, 1, 1)
                        .healed()
                        .pause(Duration.ofSeconds(31))
                        .effect(GROUP, 1, 1, 1, 1),
                Rule.A16,
                "ms after it was owed");
    }

    enum Mutation {
        DROP_AN_EFFECT,
        REPEAT_AN_EFFECT,
        OLD_EPOCH,
        COMMIT_TOO_FAR,
        LOSE_A_PARKED_RECORD,
        PARK_THE_HANDLED,
        HURRY_A_SUCCESSOR
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void oneMutationOfARandomGroupIsAlwaysFound(Mutation mutation) {
        Seeds.first(50).check((seed, random) -> {
            List<HistoryEvent> events = new ArrayList<>(random(random).events());
            Breaches.none(events);
            mutate(events, mutation, random);
            assertThat(HistoryChecker.check(events).passed()).isFalse();
        });
    }

    private static Scripted random(RandomGenerator random) {
        Scripted history = new Scripted();
        long[] next = new long[6];
        List<long[]> log = new ArrayList<>();
        for (int position = 0; position < 120; position++) {
            int key = random.nextInt(next.length);
            history.sent(key, next[key], position);
            log.add(new long[] {key, next[key]++, position});
        }
        long epoch = 1;
        List<long[]> parked = new ArrayList<>();
        for (long[] record : log) {
            if (record[0] == 0) {
                history.group(Type.INVOKE, Function.PARK, GROUP, 0, record[1], record[2], epoch);
                parked.add(record);
            } else {
                history.effect(GROUP, record[0], record[1], record[2], epoch);
            }
            if (random.nextInt(9) == 0) {
                history.group(Type.OK, Function.COMMIT, GROUP, 0, 0, record[2] + 1, epoch);
            }
            if (random.nextInt(30) == 0) {
                history.group(Type.OK, Function.ASSIGN, GROUP, 0, 0, 0, ++epoch);
            }
        }
        history.group(Type.OK, Function.ASSIGN, GROUP, 0, 0, 0, ++epoch);
        int sentAgain = random.nextInt(parked.size() - 2) + 1;
        for (int i = 0; i < parked.size(); i++) {
            long[] record = parked.get(i);
            if (i < sentAgain) {
                history.effect(GROUP, 0, record[1], record[2], epoch);
            } else {
                history.group(Type.OK, Function.PARK, GROUP, 0, record[1], record[2], epoch);
            }
        }
        return history;
    }

    private static void mutate(List<HistoryEvent> events, Mutation mutation, RandomGenerator random) {
        Predicate<HistoryEvent> effects = event -> event.function() == Function.EFFECT;
        switch (mutation) {
            case DROP_AN_EFFECT -> events.remove(any(events, effects, random));
            case REPEAT_AN_EFFECT -> {
                int at = any(events, effects, random);
                events.add(at + 1 + random.nextInt(events.size() - at), events.get(at));
            }
            case OLD_EPOCH -> {
                int at = any(events, event -> effects.test(event) && event.epoch() > 1, random);
                events.set(at, Edited.place(events.get(at), events.get(at).position(), 0));
            }
            case COMMIT_TOO_FAR -> {
                int at = any(events, event -> effects.test(event) && event.key() != 0, random);
                HistoryEvent effect = events.get(at);
                HistoryEvent commit = new Scripted()
                        .group(Type.OK, Function.COMMIT, GROUP, 0, 0, effect.position() + 1, effect.epoch())
                        .last();
                events.add(at, commit);
            }
            case LOSE_A_PARKED_RECORD -> {
                int at = any(events, event -> event.function() == Function.PARK && event.type() == Type.OK, random);
                events.remove(at);
            }
            case PARK_THE_HANDLED -> {
                HistoryEvent effect = events.get(any(events, effects, random));
                events.add(new Scripted()
                        .group(
                                Type.OK,
                                Function.PARK,
                                GROUP,
                                effect.key(),
                                effect.sequence(),
                                effect.position(),
                                effect.epoch())
                        .last());
            }
            case HURRY_A_SUCCESSOR -> {
                int at = any(events, event -> effects.test(event) && event.sequence() > 0, random);
                HistoryEvent late = events.remove(at);
                int first = any(
                        events,
                        event -> effects.test(event)
                                && event.key() == late.key()
                                && event.sequence() == late.sequence() - 1,
                        random);
                events.add(first, late);
            }
        }
    }

    private static int any(List<HistoryEvent> events, Predicate<HistoryEvent> wanted, RandomGenerator random) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (wanted.test(events.get(i))) {
                found.add(i);
            }
        }
        return found.get(random.nextInt(found.size()));
    }
}
