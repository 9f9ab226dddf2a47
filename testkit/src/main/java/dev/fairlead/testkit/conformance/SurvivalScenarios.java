package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** What outlives the instance that wrote it. */
final class SurvivalScenarios {
    private static final String GROUP = "survival";

    private SurvivalScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.SURVIVES_KILL, Capability.REPLAY),
                        "everything acknowledged is there after a reopening, and offsets go on",
                        SurvivalScenarios::recordsSurvive),
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.SURVIVES_KILL, Capability.REPLAY),
                        "appends under way at a close are whole or absent after a reopening",
                        SurvivalScenarios::closeWhileAppending),
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.SURVIVES_KILL, Capability.FENCING),
                        "epochs go on after a reopening",
                        SurvivalScenarios::epochsGoOn),
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.SURVIVES_KILL, Capability.LOOKUP),
                        "lookups find the same after a reopening",
                        SurvivalScenarios::lookupsSurvive),
                Scenario.declaring(
                        GROUP,
                        Capability.SURVIVES_KILL,
                        "a log at D1 acknowledges with D1 or more",
                        scope -> acknowledges(scope, Durability.D1)),
                Scenario.declaring(
                        GROUP,
                        Capability.SURVIVES_POWER_LOSS,
                        "a log at D2 acknowledges with D2 or more",
                        scope -> acknowledges(scope, Durability.D2)));
    }

    private static void recordsSurvive(Scope scope) throws Exception {
        String log = scope.defined();
        List<Long> offsets = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            LogWriter writer = scope.writer(log);
            for (int i = 0; i < 50; i++) {
                long expected = round * 50L + i;
                offsets.add(scope.append(writer, "k" + i % 5, "v" + expected));
                scope.expectOffset(offsets.getLast(), expected, "the offset");
            }
            scope.reopen();
            List<LogRecord> records = scope.readFrom(log, 0);
            Expect.equal(records.size(), (round + 1) * 50, "the number of records after reopening " + round);
            for (int i = 0; i < records.size(); i++) {
                Expect.equal(Scope.value(records.get(i)), "v" + i, "record " + i);
                Expect.equal(records.get(i).offset(), offsets.get(i), "the offset of record " + i);
            }
        }
    }

    private static void closeWhileAppending(Scope scope) throws Exception {
        String log = scope.defined();
        BusyWriters writers = BusyWriters.start(scope, log);
        scope.reopen();
        writers.awaitClosed();
        List<String> values = Scope.values(scope.readFrom(log, 0));
        writers.expectWholeBatches(values);
    }

    private static void epochsGoOn(Scope scope) throws Exception {
        String log = scope.defined();
        long before = scope.writer(log).epoch();
        for (int i = 0; i < 4; i++) {
            scope.reopen();
            LogWriter writer = scope.writer(log);
            Expect.that(
                    writer.epoch() > before, "an epoch above " + before + " after a reopening, not " + writer.epoch());
            before = writer.epoch();
        }
    }

    private static void lookupsSurvive(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < 60; i++) {
            scope.append(writer, "k" + i % 7, "v" + i);
        }
        scope.reopen();
        for (int i = 53; i < 60; i++) {
            byte[] key = Scope.entry("k" + i % 7, "").key();
            Expect.equal(scope.table().latest(log, key).map(Scope::value), Optional.of("v" + i), "the newest");
        }
    }

    private static void acknowledges(Scope scope, Durability wanted) throws Exception {
        String log = scope.freshName();
        scope.log().define(new LogDefinition(log, scope.widest(), wanted));
        Appended appended = scope.acknowledged(scope.writer(log).append(0, List.of(Scope.entry("k", "v"))));
        Expect.that(
                appended.durability().reaches(wanted),
                "a receipt of " + wanted + " or more, not " + appended.durability());
    }
}
