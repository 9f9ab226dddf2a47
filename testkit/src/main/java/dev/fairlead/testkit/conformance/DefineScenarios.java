package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Defining logs. */
final class DefineScenarios {
    private static final String GROUP = "define";
    private static final Set<ErrorCode> CALLER_FAULT = EnumSet.of(ErrorCode.PLAN, ErrorCode.BAD_VALUE);

    private DefineScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.always(GROUP, "a log that is defined again keeps its records", DefineScenarios::again),
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.KEEP_ALL, Capability.KEEP_FOR),
                        "another retention for a log that exists is refused",
                        DefineScenarios::otherRetention),
                Scenario.declaring(
                        GROUP,
                        Capability.KEEP_FOR,
                        "another time for a log that exists is refused",
                        DefineScenarios::otherTime),
                Scenario.always(GROUP, "names outside the rule are refused", DefineScenarios::badNames),
                Scenario.always(GROUP, "names at the edge of the rule are taken", DefineScenarios::goodNames),
                Scenario.always(GROUP, "a new log is empty and has partitions", DefineScenarios::empty),
                Scenario.always(
                        GROUP, "calls on a log that is not defined fail with PLAN", DefineScenarios::undefinedLog),
                Scenario.always(
                        GROUP, "threads that define the same log at once get the same one", DefineScenarios::atOnce));
    }

    private static void again(Scope scope) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        scope.append(writer, "k", "before");
        scope.log().define(new LogDefinition(log, scope.widest(), scope.durability()));
        long offset = scope.append(writer, "k", "after");
        scope.expectOffset(offset, 1, "the offset after the second define");
        Expect.equal(Scope.values(scope.readAll(log)), List.of("before", "after"), "the records");
    }

    private static void otherRetention(Scope scope) {
        String log = scope.defined(new Retention.KeepAll());
        LogDefinition other = new LogDefinition(log, new Retention.KeepFor(Duration.ofDays(1)), scope.durability());
        Expect.fails(ErrorCode.PLAN, log, () -> scope.log().define(other));
    }

    private static void otherTime(Scope scope) {
        String log = scope.defined(new Retention.KeepFor(Duration.ofDays(2)));
        LogDefinition other = new LogDefinition(log, new Retention.KeepFor(Duration.ofDays(1)), scope.durability());
        Expect.fails(ErrorCode.PLAN, log, () -> scope.log().define(other));
    }

    private static void badNames(Scope scope) {
        for (String name : List.of(
                "",
                "A",
                "Profile",
                "1a",
                "-a",
                ".a",
                "a b",
                "a/b",
                "a\\b",
                "../a",
                "a_b",
                "a:b",
                "ä",
                "a\n",
                "a\0",
                "x".repeat(101))) {
            LogDefinition definition = new LogDefinition(name, scope.widest(), scope.durability());
            Expect.fails(CALLER_FAULT, "", () -> scope.log().define(definition));
        }
    }

    private static void goodNames(Scope scope) throws Exception {
        for (String name : List.of("a", "a.b", "a-b.c-9", "x".repeat(100))) {
            scope.log().define(new LogDefinition(name, scope.widest(), scope.durability()));
            scope.append(scope.writer(name), "k", name);
            scope.expectOffset(scope.log().bounds(name, 0).end(), 1, "the end of " + name);
        }
    }

    private static void empty(Scope scope) {
        String log = scope.defined();
        Expect.that(scope.log().partitions(log) >= 1, "at least one partition");
        Expect.equal(scope.log().bounds(log, 0).start(), 0L, "the start of an empty log");
        Expect.equal(scope.log().bounds(log, 0).end(), 0L, "the end of an empty log");
        Expect.equal(scope.readAll(log), List.of(), "the records of an empty log");
    }

    private static void undefinedLog(Scope scope) {
        String log = scope.freshName();
        Expect.fails(ErrorCode.PLAN, log, () -> scope.log().claim(log, "conformance"));
        Expect.fails(ErrorCode.PLAN, log, () -> scope.log().read(log, 0, 0));
        Expect.fails(ErrorCode.PLAN, log, () -> scope.log().bounds(log, 0));
        Expect.fails(ErrorCode.PLAN, log, () -> scope.log().partitions(log));
        if (scope.declares(Capability.GROUP_POSITIONS)) {
            Expect.fails(ErrorCode.PLAN, log, () -> scope.log().commit(log, "g", new Position(0, 0)));
            Expect.fails(ErrorCode.PLAN, log, () -> scope.log().committed(log, "g", 0));
        }
        if (scope.declares(Capability.LOOKUP)) {
            Expect.fails(ErrorCode.PLAN, log, () -> scope.table().latest(log, new byte[] {1}));
        }
    }

    private static void atOnce(Scope scope) throws Exception {
        String log = scope.freshName();
        scope.together(8, number -> scope.log().define(new LogDefinition(log, scope.widest(), scope.durability())));
        scope.expectOffset(scope.append(scope.writer(log), "k", "v"), 0, "the first offset");
    }
}
