package dev.fairlead.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Seeds;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions, and what a copy is told and holds. */
class CopyRulesTest {
    private static Scripted written() {
        return new Scripted()
                .sent(1, 1, 0)
                .sent(2, 1, 1)
                .sentIn(9, 1, 2, 2)
                .sentIn(9, 2, 2, 3)
                .sent(3, 1, 4);
    }

    private static Scripted watching() {
        return written()
                .mark(Function.SNAPSHOT, 1, 1)
                .watched(2, 1, 1, 1)
                .mark(Function.BOOKMARK, 2, 1)
                .watched(1, 2, 2, 1)
                .watched(1, 2, 2, 2)
                .watched(2, 2, 3, 2)
                .mark(Function.BOOKMARK, 4, 2);
    }

    @Test
    void aGoodCopyPassesAndIsJudged() {
        Verdict verdict = watching().watched(3, 1, 4, 2).holds(1, 2, 2, 2, 3, 1).verdict();

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A12, Rule.A13);
    }

    @Test
    void aTornTransactionBreaksA12() {
        Scripted torn = new Scripted().sentIn(4, 1, 0, -1).sentIn(4, 1, 1, -1).delivered(1, 0, 0);
        Breaches.of(torn, Rule.A12, "is missing, though key 1 sequence 0");
        Breaches.none(torn.delivered(1, 1, 1).events());
        Breaches.none(new Scripted()
                .sent(1, 0, 0)
                .delivered(1, 0, 0)
                .sentIn(4, 1, 1, -1)
                .sentIn(4, 1, 2, -1)
                .events());
        Breaches.of(
                new Scripted()
                        .sentIn(4, 1, 0, 0)
                        .add(Scripted.WRITER, 4, Type.INVOKE, Function.SEND, 1, 1, -1, 1)
                        .add(Scripted.WRITER, 4, Type.FAIL, Function.SEND, 1, 1, -1, 1)
                        .delivered(1, 0, 0),
                Rule.A12,
                "is missing");
    }

    @Test
    void changesOutOfOrderOrTwiceBreakA13() {
        Breaches.of(written().watched(2, 1, 1, 1).watched(1, 1, 0, 1), Rule.A13, "ordered: came after position 1");
        Breaches.of(written().watched(1, 1, 0, 1).watched(1, 1, 0, 1), Rule.A13, "unique: came after position 0");
        Breaches.of(
                new Scripted().sent(1, 2, 0).sent(1, 1, 1).watched(1, 2, 0, 1).watched(1, 1, 1, 1),
                Rule.A13,
                "ordered: came after version 2");
    }

    @Test
    void aBookmarkOrSnapshotInsideATransactionBreaksA13() {
        for (Function function : List.of(Function.BOOKMARK, Function.SNAPSHOT)) {
            Breaches.of(
                    written()
                            .watched(1, 1, 0, 1)
                            .watched(2, 1, 1, 1)
                            .watched(1, 2, 2, 1)
                            .mark(function, 3, 1)
                            .watched(2, 2, 3, 1),
                    Rule.A13,
                    "atomic: cuts the transaction from 2 to 3");
        }
    }

    @Test
    void aChangePassedOverBreaksA13UnlessANewerOneCameOrItWasTold() {
        Breaches.of(
                new Scripted().sent(1, 1, 0).sent(2, 1, 1).watched(2, 1, 1, 1), Rule.A13, "reliable: was passed over");
        Breaches.none(written()
                .watched(1, 2, 2, 1)
                .watched(2, 2, 3, 1)
                .watched(3, 1, 4, 1)
                .events());
        Scripted told = written().watched(1, 1, 0, 1).watched(2, 1, 1, 1);
        told.mark(Function.GAP, 4, 1).watched(3, 1, 4, 1);
        Breaches.none(told.events());
    }

    @Test
    void aBookmarkThatPromisedTooMuchBreaksA13() {
        Breaches.of(watching().mark(Function.BOOKMARK, 2, 2), Rule.A13, "bookmarkable: is below the bookmark 4");
        Breaches.of(watching().mark(Function.BOOKMARK, 5, 2), Rule.A13, "reliable: was passed over");
        Breaches.of(
                watching().mark(Function.BOOKMARK, 5, 2).watched(3, 1, 4, 2), Rule.A13, "bookmarkable: came though");
    }

    @Test
    void aSessionThatGoesBackBehindTheBookmarkBreaksA13() {
        Breaches.of(watching().watched(2, 2, 3, 3), Rule.A13, "resumable: came though everything below 4");
        Breaches.of(watching().mark(Function.SNAPSHOT, 2, 3), Rule.A13, "resumable: was loaded from before");
    }

    @Test
    void aCopyThatHoldsSomethingElseInTheEndBreaksA13() {
        Breaches.of(watching().watched(3, 1, 4, 2).holds(1, 2, 3, 1), Rule.A13, "fold: is not held");
        Breaches.of(watching().watched(3, 1, 4, 2).holds(1, 1, 2, 2, 3, 1), Rule.A13, "where version 2 is the newest");
        Breaches.of(watching().watched(3, 1, 4, 2).holds(1, 2, 2, 2, 3, 1, 7, 1), Rule.A13, "where nothing is");
        Scripted changed = watching().watched(3, 1, 4, 2).holds(1, 2, 2, 2, 3, 1);
        changed.change(changed.size() - 1, event -> Edited.checksum(event, 77));
        Breaches.of(changed, Rule.A13, "with another value");
    }

    @Test
    void aRemovedKeyIsNotHeldAndAnUnknownWriteMayBe() {
        Scripted removed =
                new Scripted().sent(1, 1, 0).sent(1, 2, 1).watched(1, 1, 0, 1).watched(1, 2, 1, 1);
        for (int event : new int[] {2, 3, 5}) {
            removed.change(event, sent -> Edited.checksum(sent, HistoryEvent.REMOVAL));
        }
        Breaches.none(removed.holds().events());
        Breaches.of(removed.holds(1, 2), Rule.A13, "fold: is held");

        Scripted unknown = new Scripted().sent(1, 1, 0).sentIn(0, 1, 2, -1).watched(1, 1, 0, 1);
        Breaches.none(unknown.holds(1, 1).events());
        Breaches.none(unknown.holds(1, 2).events());
        Breaches.of(unknown.holds(1, 3), Rule.A13, "fold: is held");
    }

    enum Mutation {
        DROP,
        REPEAT,
        SWAP,
        BOOKMARK_TOO_FAR,
        HOLD_THE_ONE_BEFORE,
        FORGET_A_KEY
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void oneMutationOfARandomCopyIsAlwaysFound(Mutation mutation) {
        Seeds.first(50).check((seed, random) -> {
            long[] versions = new long[5];
            Scripted history = random(random, versions);
            List<HistoryEvent> events = new ArrayList<>(history.events());
            Breaches.none(events);
            mutate(events, mutation, random);
            assertThat(HistoryChecker.check(events).passed()).isFalse();
        });
    }

    private static Scripted random(RandomGenerator random, long[] versions) {
        Scripted history = new Scripted();
        List<long[]> log = new ArrayList<>();
        for (int position = 0; position < 80; position++) {
            int key = position < versions.length ? position : random.nextInt(versions.length);
            history.sent(key, ++versions[key], position);
            log.add(new long[] {key, versions[key]});
        }
        int session = 1;
        int from = random.nextInt(10);
        history.mark(Function.SNAPSHOT, from, session);
        for (int position = from; position < log.size(); position++) {
            history.watched(log.get(position)[0], log.get(position)[1], position, session);
            if (random.nextInt(8) == 0) {
                history.mark(Function.BOOKMARK, position + 1, session);
            }
            session += random.nextInt(15) == 0 ? 1 : 0;
        }
        history.mark(Function.BOOKMARK, log.size(), session);
        long[] held = new long[2 * versions.length];
        for (int key = 0; key < versions.length; key++) {
            held[2 * key] = key;
            held[2 * key + 1] = versions[key];
        }
        return history.holds(held);
    }

    private static void mutate(List<HistoryEvent> events, Mutation mutation, RandomGenerator random) {
        List<Integer> watched = all(events, Function.WATCH);
        List<Integer> held = all(events, Function.HOLD);
        int at = watched.get(random.nextInt(watched.size() - 1));
        int holds = held.get(1 + random.nextInt(held.size() - 1));
        switch (mutation) {
            // only the newest of a key must have come: an older one may be superseded
            case DROP -> events.remove(newest(events, watched, events.get(holds).key()));
            case REPEAT -> {
                HistoryEvent again = events.get(at);
                int later = watched.get(watched.indexOf(at) + 1);
                events.add(
                        later + 1,
                        Edited.place(again, again.position(), events.get(later).epoch()));
            }
            case SWAP -> {
                int other = watched.get(watched.indexOf(at) + 1);
                HistoryEvent one = events.get(at);
                HistoryEvent two = events.get(other);
                events.set(at, Edited.place(two, two.position(), one.epoch()));
                events.set(other, Edited.place(one, one.position(), one.epoch()));
            }
            case BOOKMARK_TOO_FAR ->
                events.add(
                        at,
                        new Scripted()
                                .mark(
                                        Function.BOOKMARK,
                                        events.get(at).position() + 1,
                                        events.get(at).epoch())
                                .last());
            case HOLD_THE_ONE_BEFORE -> {
                HistoryEvent right = events.get(holds);
                events.set(holds, Edited.record(right, right.key(), right.sequence() - 1, -1));
            }
            case FORGET_A_KEY -> events.remove(holds);
        }
    }

    private static List<Integer> all(List<HistoryEvent> events, Function function) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).function() == function) {
                found.add(i);
            }
        }
        return found;
    }

    private static int newest(List<HistoryEvent> events, List<Integer> watched, long key) {
        return watched.stream()
                .filter(at -> events.get(at).key() == key)
                .reduce((one, other) -> other)
                .orElseThrow();
    }
}
