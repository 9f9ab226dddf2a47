package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Closing a mechanism. */
final class CloseScenarios {
    private static final String GROUP = "close";

    private CloseScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.always(GROUP, "a second close does nothing", CloseScenarios::twice),
                Scenario.always(GROUP, "every call after close fails with CLOSED", CloseScenarios::callsAfterClose),
                Scenario.always(GROUP, "a close ends appends under way with CLOSED", CloseScenarios::whileAppending),
                Scenario.always(GROUP, "a close ends polls under way with CLOSED", CloseScenarios::whilePolling),
                Scenario.always(GROUP, "eight closes at once all return", CloseScenarios::closesAtOnce));
    }

    private static void twice(Scope scope) {
        scope.mechanism().close();
        scope.mechanism().close();
    }

    private static void callsAfterClose(Scope scope) {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        LogReader reader = scope.log().read(log, 0, 0);
        Log closed = scope.log();
        scope.mechanism().close();
        closed(() -> closed.define(new LogDefinition(scope.freshName(), scope.widest(), scope.durability())));
        closed(() -> closed.claim(log, "late"));
        closed(() -> closed.read(log, 0, 0));
        closed(() -> closed.bounds(log, 0));
        closed(() -> closed.partitions(log));
        closed(() -> scope.append(writer, "k", "v"));
        closed(() -> reader.poll(1, Duration.ZERO));
        if (scope.declares(Capability.GROUP_POSITIONS)) {
            closed(() -> closed.commit(log, "g", new Position(0, 0)));
            closed(() -> closed.committed(log, "g", 0));
        }
        if (scope.declares(Capability.LOOKUP)) {
            closed(() -> scope.table().latest(log, new byte[] {1}));
        }
        writer.close();
        reader.close();
    }

    private static void closed(Expect.Call call) {
        Expect.fails(ErrorCode.CLOSED, call);
    }

    private static void whileAppending(Scope scope) throws Exception {
        String log = scope.defined();
        BusyWriters writers = BusyWriters.start(scope, log);
        scope.start(() -> scope.mechanism().close()).join();
        writers.awaitClosed();
    }

    private static void whilePolling(Scope scope) throws Exception {
        String log = scope.defined();
        List<Task> polling = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            LogReader reader = scope.log().read(log, 0, 0);
            polling.add(scope.start(
                    () -> closed(() -> reader.poll(1, scope.patience().multipliedBy(2)))));
        }
        for (Task task : polling) {
            task.awaitBlocked();
        }
        scope.start(() -> scope.mechanism().close()).join();
        for (Task task : polling) {
            task.join();
        }
    }

    private static void closesAtOnce(Scope scope) throws Exception {
        BusyWriters writers = BusyWriters.start(scope, scope.defined());
        scope.together(8, number -> scope.mechanism().close());
        writers.awaitClosed();
    }
}
