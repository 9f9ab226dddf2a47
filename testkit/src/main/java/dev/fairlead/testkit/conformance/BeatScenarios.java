package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Signs of life of a log's writer. */
final class BeatScenarios {
    private static final String GROUP = "beats";
    private static final Duration SHORT = Duration.ofMillis(20);

    private BeatScenarios() {}

    static List<Scenario> all() {
        return List.of(
                beating("a beat reaches a reader of an idle log", BeatScenarios::reachesIdleReader),
                beating("a beat reaches every reader", BeatScenarios::reachesEveryReader),
                beating("a reader that comes later knows the newest beat", BeatScenarios::reachesLaterReader),
                beating("of several beats the newest reaches the reader last, and once", BeatScenarios::newestOnly),
                beating("a beat names the end of the log and the writer's epoch", BeatScenarios::namesEndAndEpoch),
                Scenario.declaring(
                        GROUP,
                        Set.of(Capability.HEARTBEAT, Capability.REPLAY), // it begins behind what was there before
                        "a beat's end covers all that was acknowledged before it",
                        BeatScenarios::endIsTrue),
                beating("a beat leaves no record", BeatScenarios::leavesNoRecord));
    }

    private static Scenario beating(String name, Scenario.Body body) {
        return Scenario.declaring(GROUP, Capability.HEARTBEAT, name, body);
    }

    private static void reachesIdleReader(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            for (int i = 0; i < 5; i++) {
                Instant time = scope.time().now().plusSeconds(i);
                List<LogBatch> brought = new ArrayList<>();
                Task waiting = scope.start(() -> brought.add(reader.poll(10, scope.patience())));
                waiting.awaitBlocked();
                writer.beat(time);
                waiting.join();
                Expect.equal(timeOf(brought.getFirst().beat()), time, "the time of the beat that woke the poll");
            }
        }
    }

    private static void reachesEveryReader(Scope scope) {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        Instant time = scope.time().now();
        try (LogReader one = scope.log().read(log, 0, 0);
                LogReader two = scope.log().read(log, 0, 0)) {
            writer.beat(time);
            awaitBeat(scope, one, time);
            awaitBeat(scope, two, time);
        }
    }

    private static void reachesLaterReader(Scope scope) {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        Instant time = scope.time().now();
        try (LogReader one = scope.log().read(log, 0, 0)) {
            writer.beat(time);
            awaitBeat(scope, one, time);
            try (LogReader two = scope.log().read(log, 0, 0)) {
                awaitBeat(scope, two, time);
            }
        }
    }

    private static void newestOnly(Scope scope) {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        Instant first = scope.time().now();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            for (int i = 0; i < 50; i++) {
                writer.beat(first.plusSeconds(i));
            }
            awaitBeat(scope, reader, first.plusSeconds(49));
            Expect.equal(reader.poll(10, SHORT).beat(), null, "the beat after the newest one");
        }
    }

    private static void namesEndAndEpoch(Scope scope) throws Exception {
        String log = scope.defined();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            LogWriter writer = scope.writer(log);
            for (int i = 0; i < 4; i++) {
                if (i == 2 && scope.declares(Capability.FENCING)) {
                    writer = scope.writer(log);
                }
                Instant time = scope.time().now().plusSeconds(i);
                writer.beat(time);
                Beat beat = awaitBeat(scope, reader, time);
                scope.expectOffset(beat.end(), i, "the end that the beat names");
                Expect.equal(beat.epoch(), writer.epoch(), "the epoch that the beat names");
                scope.append(writer, "k", "v" + i);
            }
        }
    }

    private static void endIsTrue(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong acknowledged = new AtomicLong();
        Task appending = scope.start(() -> {
            for (int i = 0; !done.get(); i++) {
                acknowledged.set(scope.append(writer, "k", "v" + i) + 1);
            }
        });
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            for (int i = 0; i < 50; i++) {
                Instant time = scope.time().now().plusSeconds(i);
                long atLeast = acknowledged.get();
                writer.beat(time);
                Beat beat = awaitBeat(scope, reader, time);
                Expect.that(beat.end() >= atLeast, "a beat's end of " + atLeast + " or more, not " + beat.end());
            }
        } finally {
            done.set(true);
            appending.join();
        }
    }

    private static void leavesNoRecord(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        writer.beat(scope.time().now());
        scope.expectOffset(scope.append(writer, "k", "v"), 0, "the offset after a beat");
        writer.beat(scope.time().now());
        Expect.equal(Scope.values(scope.readAll(log)), List.of("v"), "the records");
    }

    private static Beat awaitBeat(Scope scope, LogReader reader, Instant time) {
        long deadline = System.nanoTime() + scope.patience().toNanos();
        Instant last = Instant.MIN;
        while (System.nanoTime() < deadline) {
            Beat beat = reader.poll(1000, scope.patience()).beat();
            if (beat != null) {
                Expect.that(!beat.time().isBefore(last), "beats that never go back: " + last + ", " + beat.time());
                last = beat.time();
                if (last.equals(time)) {
                    return beat;
                }
            }
        }
        throw new AssertionError("expected the beat of " + time + " to arrive, but the last one was of " + last);
    }

    private static @Nullable Instant timeOf(@Nullable Beat beat) {
        return beat == null ? null : beat.time();
    }
}
