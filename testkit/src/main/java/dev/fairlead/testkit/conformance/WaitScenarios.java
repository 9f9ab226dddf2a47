package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waiting in a poll. */
final class WaitScenarios {
    private static final String GROUP = "wait";
    private static final Duration SHORT = Duration.ofMillis(60);

    private WaitScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.always(GROUP, "a poll at the end is woken by an append", WaitScenarios::wokenByAppend),
                Scenario.always(GROUP, "a poll at the end brings nothing after its wait", WaitScenarios::pollTimeout),
                Scenario.always(GROUP, "a poll with no wait comes back at once", WaitScenarios::noWait),
                Scenario.always(
                        GROUP, "a close from another thread ends a poll with CLOSED", WaitScenarios::closeEndsPoll),
                Scenario.always(
                        GROUP,
                        "an interrupt ends a poll with CLOSED and the flag stays set",
                        WaitScenarios::interruptEndsPoll),
                Scenario.always(
                        GROUP, "an interrupt of one caller leaves the others working", WaitScenarios::interruptIsLocal),
                Scenario.always(GROUP, "a closed reader stays closed", WaitScenarios::closedReader));
    }

    private static void wokenByAppend(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            for (int i = 0; i < 20; i++) {
                List<LogRecord> seen = new ArrayList<>();
                long began = System.nanoTime();
                Task waiting = scope.start(
                        () -> seen.addAll(reader.poll(10, scope.patience()).records()));
                waiting.awaitBlocked();
                scope.append(writer, "k", "v" + i);
                waiting.join();
                Expect.equal(Scope.values(seen), List.of("v" + i), "what the waiting poll brought");
                Expect.that(
                        System.nanoTime() - began < scope.patience().toNanos() * 9 / 10,
                        "the append to wake the poll, not its time to run out");
            }
        }
    }

    private static void pollTimeout(Scope scope) {
        String log = scope.defined();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            long began = System.nanoTime();
            Expect.equal(reader.poll(10, SHORT).records(), List.of(), "the records of an empty log");
            long waited = System.nanoTime() - began;
            Expect.that(waited >= SHORT.toNanos() * 8 / 10, "the poll to wait " + SHORT + ", not " + waited + " ns");
        }
    }

    private static void noWait(Scope scope) throws Exception {
        String log = scope.defined();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            scope.start(() -> reader.poll(10, Duration.ZERO)).join();
        }
    }

    private static void closeEndsPoll(Scope scope) throws Exception {
        String log = scope.defined();
        LogReader reader = scope.log().read(log, 0, 0);
        Task waiting = scope.start(() -> Expect.fails(
                ErrorCode.CLOSED, () -> reader.poll(10, scope.patience().multipliedBy(2))));
        waiting.awaitBlocked();
        reader.close();
        waiting.join();
    }

    private static void interruptEndsPoll(Scope scope) throws Exception {
        String log = scope.defined();
        try (LogReader reader = scope.log().read(log, 0, 0)) {
            Task waiting = scope.start(() -> {
                Expect.fails(
                        ErrorCode.CLOSED, () -> reader.poll(10, scope.patience().multipliedBy(2)));
                Expect.that(Thread.currentThread().isInterrupted(), "the interrupt flag to stay set");
            });
            waiting.awaitBlocked();
            waiting.interrupt();
            waiting.join();
        }
    }

    private static void interruptIsLocal(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter first = scope.writer(log);
        scope.append(first, "k", "before");
        Task interrupted = scope.start(() -> {
            Thread.currentThread().interrupt();
            try (LogReader reader = scope.log().read(log, 0, 1)) {
                Expect.fails(ErrorCode.CLOSED, () -> reader.poll(1, scope.patience()));
            }
        });
        interrupted.join();
        scope.append(first, "k", "after");
        Expect.equal(Scope.values(scope.readAll(log)), List.of("before", "after"), "the records");
    }

    private static void closedReader(Scope scope) {
        String log = scope.defined();
        LogReader reader = scope.log().read(log, 0, 0);
        reader.close();
        reader.close();
        Expect.fails(ErrorCode.CLOSED, () -> reader.poll(1, Duration.ZERO));
    }
}
