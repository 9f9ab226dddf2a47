package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.util.ArrayList;
import java.util.List;

/** Many logs in one mechanism. */
final class ManyLogsScenarios {
    private static final String GROUP = "many logs";
    private static final int LOGS = 200;
    private static final int EACH = 10;

    private ManyLogsScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.always(GROUP, "two logs do not mix", ManyLogsScenarios::twoLogs),
                Scenario.always(GROUP, "two hundred logs are written at once", ManyLogsScenarios::manyAtOnce));
    }

    private static void twoLogs(Scope scope) throws Exception {
        String one = scope.defined();
        String two = scope.defined();
        LogWriter first = scope.writer(one);
        LogWriter second = scope.writer(two);
        for (int i = 0; i < 50; i++) {
            scope.expectOffset(scope.append(first, "k", "one-" + i), i, "the offset in the first log");
            scope.expectOffset(scope.append(second, "k", "two-" + i), i, "the offset in the second log");
        }
        expectOnly(scope.readAll(one), "one-", 50);
        expectOnly(scope.readAll(two), "two-", 50);
    }

    private static void manyAtOnce(Scope scope) throws Exception {
        List<String> logs = new ArrayList<>();
        for (int i = 0; i < LOGS; i++) {
            logs.add(scope.defined());
        }
        scope.together(8, number -> {
            for (int i = number; i < LOGS; i += 8) {
                LogWriter writer = scope.writer(logs.get(i));
                for (int record = 0; record < EACH; record++) {
                    scope.append(writer, "k" + record, i + "-" + record);
                }
            }
        });
        for (int i = 0; i < LOGS; i++) {
            expectOnly(scope.readAll(logs.get(i)), i + "-", EACH);
        }
    }

    private static void expectOnly(List<LogRecord> records, String prefix, int count) {
        Expect.equal(records.size(), count, "the number of records of " + prefix);
        for (int i = 0; i < count; i++) {
            Expect.equal(Scope.value(records.get(i)), prefix + i, "record " + i);
        }
    }
}
