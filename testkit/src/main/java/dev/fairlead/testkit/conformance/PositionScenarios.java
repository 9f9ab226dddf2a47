package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Positions of reader groups. */
final class PositionScenarios {
    private static final String GROUP = "positions";

    private PositionScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.declaring(
                        GROUP,
                        Capability.GROUP_POSITIONS,
                        "a new group has no position",
                        PositionScenarios::noneAtFirst),
                Scenario.declaring(
                        GROUP,
                        Capability.GROUP_POSITIONS,
                        "a group's position is what it last noted",
                        PositionScenarios::lastNoted),
                Scenario.declaring(
                        GROUP, Capability.GROUP_POSITIONS, "a group never goes back", PositionScenarios::neverBack),
                Scenario.declaring(
                        GROUP,
                        Capability.GROUP_POSITIONS,
                        "groups and logs keep their positions apart",
                        PositionScenarios::keptApart),
                Scenario.declaring(
                        GROUP,
                        EnumSet.of(Capability.GROUP_POSITIONS, Capability.SURVIVES_KILL),
                        "positions of several groups survive a reopening",
                        PositionScenarios::surviveReopening));
    }

    private static void noneAtFirst(Scope scope) {
        String log = scope.defined();
        Expect.equal(scope.log().committed(log, "billing", 0), Optional.empty(), "the position of a new group");
    }

    private static void lastNoted(Scope scope) throws Exception {
        String log = filled(scope, 10);
        for (long offset : new long[] {0, 1, 1, 7, 10}) {
            note(scope, log, "billing", offset);
            expect(scope, log, "billing", offset);
        }
    }

    private static void neverBack(Scope scope) throws Exception {
        String log = filled(scope, 10);
        note(scope, log, "billing", 7);
        Expect.fails(ErrorCode.BAD_VALUE, "billing", () -> note(scope, log, "billing", 6));
        Expect.fails(ErrorCode.BAD_VALUE, "billing", () -> note(scope, log, "billing", 0));
        expect(scope, log, "billing", 7);
        note(scope, log, "billing", 8);
        expect(scope, log, "billing", 8);
    }

    private static void keptApart(Scope scope) throws Exception {
        String one = filled(scope, 10);
        String two = filled(scope, 10);
        note(scope, one, "billing", 3);
        note(scope, one, "shipping", 5);
        note(scope, two, "billing", 7);
        expect(scope, one, "billing", 3);
        expect(scope, one, "shipping", 5);
        expect(scope, two, "billing", 7);
        Expect.equal(scope.log().committed(two, "shipping", 0), Optional.empty(), "a group that noted nothing there");
    }

    private static void surviveReopening(Scope scope) throws Exception {
        String log = filled(scope, 30);
        scope.together(6, number -> {
            for (int offset = 0; offset <= 20 + number; offset++) {
                note(scope, log, "group-" + number, offset);
            }
        });
        scope.reopen();
        for (int number = 0; number < 6; number++) {
            String group = "group-" + number;
            expect(scope, log, group, 20 + number);
            Expect.fails(ErrorCode.BAD_VALUE, () -> note(scope, log, group, 1));
        }
    }

    private static String filled(Scope scope, int count) throws Exception {
        String log = scope.defined();
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < count; i++) {
            scope.append(writer, "k", "v" + i);
        }
        return log;
    }

    private static void note(Scope scope, String log, String group, long offset) {
        scope.log().commit(log, group, new Position(0, offset));
    }

    private static void expect(Scope scope, String log, String group, long offset) {
        Expect.equal(
                scope.log().committed(log, group, 0), Optional.of(new Position(0, offset)), "the position of " + group);
    }
}
