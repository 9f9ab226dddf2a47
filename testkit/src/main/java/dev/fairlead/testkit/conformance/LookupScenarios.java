package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looking up the latest record of a key. */
final class LookupScenarios {
    private static final String GROUP = "lookup";
    private static final int KEYS = 10;

    private LookupScenarios() {}

    static List<Scenario> all() {
        return List.of(
                looking("a lookup finds the newest record as it was appended", LookupScenarios::newest),
                looking("a lookup of a key without a record finds nothing", LookupScenarios::nothing),
                looking("a lookup finds a removal", LookupScenarios::removal),
                looking("what is acknowledged is found at once", LookupScenarios::atOnce),
                looking("lookups equal a fold of the log under concurrent writes", LookupScenarios::foldOfTheLog),
                looking("keys that begin alike, and logs, are not mixed up", LookupScenarios::alikeKeys));
    }

    private static Scenario looking(String name, Scenario.Body body) {
        return Scenario.declaring(GROUP, Capability.LOOKUP, name, body);
    }

    private static void newest(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = scope.writer(log);
        scope.append(writer, "a", "1");
        scope.append(writer, "b", "2");
        long offset = scope.append(writer, "a", "3");
        LogRecord found = find(scope, log, "a").orElseThrow();
        Expect.equal(found.offset(), offset, "the offset of the newest");
        Expect.bytes(found.payload(), "3".getBytes(UTF_8), "the payload");
        Expect.bytes(found.header(), new byte[] {7}, "the header");
        Expect.bytes(found.key(), "a".getBytes(UTF_8), "the key");
    }

    private static void nothing(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        Expect.equal(find(scope, log, "a"), Optional.empty(), "a key of an empty log");
        scope.append(scope.writer(log), "a", "1");
        Expect.equal(find(scope, log, "b"), Optional.empty(), "another key");
    }

    private static void removal(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = scope.writer(log);
        scope.append(writer, "a", "1");
        long offset = scope.append(writer, "a", "");
        LogRecord found =
                find(scope, log, "a").orElseThrow(() -> new AssertionError("expected the removal to be found"));
        Expect.equal(found.offset(), offset, "the offset of the removal");
        Expect.equal(found.payload().length, 0, "the length of a removal's payload");
    }

    private static void atOnce(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = scope.writer(log);
        for (int i = 0; i < 200; i++) {
            scope.append(writer, "k" + i % 3, "v" + i);
            Expect.equal(find(scope, log, "k" + i % 3).map(Scope::value), Optional.of("v" + i), "the newest at once");
        }
    }

    private static void foldOfTheLog(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        LogWriter writer = scope.writer(log);
        AtomicBoolean done = new AtomicBoolean();
        Task looking = scope.start(() -> {
            Map<String, Long> last = new TreeMap<>();
            for (int i = 0; !done.get(); i++) {
                String key = "k" + i % KEYS;
                find(scope, log, key).ifPresent(found -> {
                    long before = last.getOrDefault(key, -1L);
                    Expect.that(
                            found.offset() >= before,
                            "a newest that never goes back: " + before + ", " + found.offset());
                    last.put(key, found.offset());
                });
            }
        });
        scope.together(4, number -> {
            for (int i = 0; i < 200; i++) {
                scope.append(writer, "k" + (number + i) % KEYS, number + "/" + i);
            }
        });
        done.set(true);
        looking.join();
        Map<String, Long> fold = new TreeMap<>();
        scope.readAll(log).forEach(record -> fold.put(Scope.key(record), record.offset()));
        fold.forEach((key, offset) -> Expect.equal(
                find(scope, log, key).map(LogRecord::offset), Optional.of(offset), "the newest of " + key));
    }

    private static void alikeKeys(Scope scope) throws Exception {
        String log = scope.definedForLookup();
        String other = scope.definedForLookup();
        LogWriter writer = scope.writer(log);
        List<String> keys = List.of("a", "aa", "a\0", "a\0b", "b", "\u00ff");
        for (String key : keys) {
            scope.append(writer, key, "value of " + key);
        }
        for (String key : keys) {
            Expect.equal(find(scope, log, key).map(Scope::value), Optional.of("value of " + key), "the newest");
            Expect.equal(find(scope, other, key), Optional.empty(), "the key in another log");
        }
    }

    private static Optional<LogRecord> find(Scope scope, String log, String key) {
        return scope.table().latest(log, key.getBytes(UTF_8));
    }
}
