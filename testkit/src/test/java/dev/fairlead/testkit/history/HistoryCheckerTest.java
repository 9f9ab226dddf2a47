package dev.fairlead.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryCheckerTest {
    private static final int SEEDS = 30;

    @Test
    void aHistoryInWhichAllIsWellPasses() {
        Verdict verdict = new Scripted()
                .sent(7, 0, 0)
                .sent(8, 0, 1)
                .invoke(7, 1)
                .outcome(Type.INFO, 7, 1, -1)
                .invoke(8, 1)
                .outcome(Type.FAIL, 8, 1, -1)
                .sent(8, 2, 3)
                .delivered(7, 0, 0)
                .delivered(8, 0, 1)
                .committed(1, 1)
                .delivered(8, 0, 1, 2)
                .delivered(7, 1, 2, 2)
                .delivered(8, 2, 3, 2)
                .committed(4, 2)
                .verdict();

        assertThat(verdict.breaches()).isEmpty();
        assertThat(verdict.acknowledged()).isEqualTo(3);
        assertThat(verdict.unknown()).isEqualTo(1);
        assertThat(verdict.valid(3, 1)).isTrue();
        assertThat(verdict.valid(4, 1)).isFalse();
    }

    @Test
    void aLostRecordBreaksA1() {
        breaks(new Scripted().sent(1, 0, 0).sent(1, 1, 1).delivered(1, 0, 0), Rule.A1);
    }

    @Test
    void aRecordThatNobodySentBreaksA2() {
        breaks(new Scripted().sent(1, 0, 0).delivered(1, 0, 0).delivered(2, 0, 1), Rule.A2);
    }

    @Test
    void aFailedRecordThatShowsBreaksA3() {
        breaks(new Scripted().invoke(1, 0).outcome(Type.FAIL, 1, 0, -1).delivered(1, 0, 0), Rule.A3);
    }

    @Test
    void aChangedValueBreaksA4() {
        breaks(
                new Scripted()
                        .sent(1, 0, 0)
                        .delivered(1, 0, 0)
                        .change(2, event -> Edited.checksum(event, event.checksum() + 1)),
                Rule.A4);
    }

    @Test
    void aPositionUsedTwiceBreaksA5() {
        Scripted twice = new Scripted()
                .invoke(1, 0)
                .invoke(2, 0)
                .outcome(Type.OK, 1, 0, 0)
                .outcome(Type.OK, 2, 0, 0)
                .delivered(1, 0, 0);
        assertThat(twice.verdict().breaches()).containsKey(Rule.A5);
    }

    @Test
    void aReaderThatGoesBackInOneSessionBreaksA5() {
        breaks(
                new Scripted()
                        .sent(1, 0, 0)
                        .sent(2, 0, 1)
                        .delivered(1, 0, 0)
                        .delivered(2, 0, 1)
                        .delivered(1, 0, 0),
                Rule.A5);
    }

    @Test
    void aRecordThatIsPutBeforeAnAcknowledgedOneBreaksA6() {
        breaks(new Scripted().sent(1, 0, 5).sent(2, 0, 3).delivered(2, 0, 3).delivered(1, 0, 5), Rule.A6);
    }

    @Test
    void aKeyOutOfOrderBreaksA7() {
        breaks(
                new Scripted()
                        .invoke(1, 0)
                        .invoke(1, 1)
                        .outcome(Type.OK, 1, 1, 0)
                        .outcome(Type.OK, 1, 0, 1)
                        .delivered(1, 1, 0)
                        .delivered(1, 0, 1),
                Rule.A7);
    }

    @Test
    void aSessionThatBeginsBeforeTheCommitBreaksA7() {
        breaks(
                new Scripted()
                        .sent(1, 0, 0)
                        .sent(1, 1, 1)
                        .delivered(1, 0, 0)
                        .delivered(1, 1, 1)
                        .committed(2, 1)
                        .delivered(1, 0, 0, 2),
                Rule.A7);
    }

    @Test
    void aCommitThatGoesBackOrTooFarBreaksA8() {
        Scripted seen =
                new Scripted().sent(1, 0, 0).sent(1, 1, 1).delivered(1, 0, 0).delivered(1, 1, 1);
        breaks(seen.committed(2, 1).committed(1, 1), Rule.A8);
        breaks(new Scripted().sent(1, 0, 0).delivered(1, 0, 0).committed(2, 1), Rule.A8);
    }

    @Test
    void aSkippedRecordBreaksA9UnlessAGapIsTold() {
        Scripted skipping = new Scripted()
                .sent(1, 0, 0)
                .sent(2, 0, 1)
                .sent(1, 1, 2)
                .delivered(1, 0, 0)
                .delivered(1, 1, 2);
        assertThat(skipping.verdict().breaches()).containsOnlyKeys(Rule.A1, Rule.A9);

        Verdict told = new Scripted()
                .sent(1, 0, 0)
                .sent(2, 0, 1)
                .sent(1, 1, 2)
                .delivered(1, 0, 0)
                .gapUpTo(2)
                .delivered(1, 1, 2)
                .verdict();
        assertThat(told.breaches()).containsOnlyKeys(Rule.A1);
    }

    enum Corruption {
        DROP,
        SWAP,
        PHANTOM,
        CHANGE_VALUE,
        REUSE_POSITION,
        FAIL_THE_DELIVERED
    }

    @ParameterizedTest
    @EnumSource(Corruption.class)
    void oneCorruptionOfARandomHistoryIsAlwaysFound(Corruption corruption) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<HistoryEvent> good = random(random).events();
            assertThat(HistoryChecker.check(good).breaches())
                    .as("seed %d", seed)
                    .isEmpty();

            List<HistoryEvent> bad = corrupt(good, corruption, random);
            assertThat(HistoryChecker.check(bad).passed())
                    .as("%s, seed %d", corruption, seed)
                    .isFalse();
        }
    }

    private static Scripted random(Random random) {
        Scripted history = new Scripted();
        long[] next = new long[5];
        List<long[]> written = new ArrayList<>();
        for (int position = 0; position < 100; position++) {
            int key = random.nextInt(next.length);
            history.sent(key, next[key], position);
            written.add(new long[] {key, next[key]++, position});
        }
        int session = 1;
        long committed = 0;
        for (int position = 0; position < written.size(); position++) {
            long[] record = written.get(position);
            history.delivered(record[0], record[1], record[2], session);
            if (random.nextInt(10) == 0) {
                committed = position + 1L;
                history.committed(committed, session);
            }
            if (random.nextInt(20) == 0) {
                session++;
                position = (int) committed - 1;
            }
        }
        return history;
    }

    private static List<HistoryEvent> corrupt(List<HistoryEvent> good, Corruption corruption, Random random) {
        List<HistoryEvent> events = new ArrayList<>(good);
        List<Integer> deliveries = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).function() == Function.DELIVER) {
                deliveries.add(i);
            }
        }
        int at = deliveries.get(random.nextInt(deliveries.size() - 1));
        HistoryEvent victim = events.get(at);
        switch (corruption) {
            case DROP ->
                events.removeIf(event -> event.function() == Function.DELIVER
                        && event.key() == victim.key()
                        && event.sequence() == victim.sequence());
            case SWAP -> {
                int other = deliveries.get(deliveries.indexOf(at) + 1);
                Collections.swap(events, at, other);
                if (events.get(at).epoch() != events.get(other).epoch()) {
                    Collections.swap(events, at, other);
                    events.add(at + 1, victim);
                }
            }
            case PHANTOM -> events.add(Edited.record(victim, victim.key(), victim.sequence() + 1000, 5000));
            case CHANGE_VALUE -> events.set(at, Edited.checksum(victim, ~victim.checksum()));
            case REUSE_POSITION ->
                events.set(
                        at,
                        Edited.record(
                                victim,
                                victim.key(),
                                victim.sequence(),
                                victim.position() == 0 ? 1 : victim.position() - 1));
            case FAIL_THE_DELIVERED ->
                events.replaceAll(event -> event.function() == Function.SEND
                                && event.type() == Type.OK
                                && event.key() == victim.key()
                                && event.sequence() == victim.sequence()
                        ? Edited.type(event, Type.FAIL)
                        : event);
        }
        return events;
    }

    @Test
    void aHistoryComesBackFromItsFileWithoutATornEnd(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("history");
        try (HistoryRecorder recorder = HistoryRecorder.create(file)) {
            for (int i = 0; i < 3000; i++) {
                recorder.note(3, 9, Type.OK, Function.DELIVER, 2, i, i + 1L, i + 2L, 5, i);
            }
        }
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

        List<HistoryEvent> events = HistoryFile.read(file);
        assertThat(events).hasSize(3000);
        assertThat(events.get(2999))
                .usingRecursiveComparison()
                .ignoringFields("nanos")
                .isEqualTo(new HistoryEvent(2999, 0, 3, 9, Type.OK, Function.DELIVER, 2, 2999, 3000, 3001, 5, 2999));
    }

    @Test
    void anInterruptedThreadRecordsLikeAnyOther(@TempDir Path folder) {
        Path file = folder.resolve("history");
        try (HistoryRecorder recorder = HistoryRecorder.create(file)) {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 3000; i++) {
                recorder.note(3, Type.OK, Function.DELIVER, 2, i, i, i, 5, i);
            }
            assertThat(Thread.interrupted()).isTrue();
            recorder.note(3, Type.OK, Function.DELIVER, 2, 3000, 0, 0, 5, 0);
        }
        assertThat(HistoryFile.read(file)).hasSize(3001);
    }

    private static void breaks(Scripted history, Rule rule) {
        Verdict verdict = history.verdict();

        assertThat(verdict.breaches()).containsOnlyKeys(rule);
        assertThat(verdict.witnesses().get(rule)).isNotEmpty();
    }
}
