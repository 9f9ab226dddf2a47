package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.process.ParentJvm;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a log in an H2 while an append to it is committed and not yet in the file, and says "seen" when it was shown the record; or
 * "waits" when somebody waits for the file instead.
 */
final class SeeingChild {
    private SeeingChild() {}

    public static void main(String[] arguments) throws Exception {
        HeldFiles.register();
        SqlMechanism mechanism = AppendingChild.open(arguments[0]);
        mechanism.define(new LogDefinition("log", new Retention.KeepAll(), Durability.D1));
        LogWriter writer = mechanism.claim("log", "child");
        append(writer, "first").join();
        LogReader reader = mechanism.read("log", 0, 1);
        HeldFiles.hold();
        append(writer, "second");
        HeldFiles.awaitWrite();
        awaitThatOthersSeeTwo(arguments[0]);
        CompletableFuture<Boolean> seen = CompletableFuture.supplyAsync(
                () -> !reader.poll(1, Duration.ofMinutes(5)).records().isEmpty());
        await().atMost(Duration.ofMinutes(1)).until(() -> seen.isDone() || isWaiting());
        ParentJvm.say(seen.isDone() && seen.join() ? "seen" : "waits");
        ParentJvm.awaitWord();
    }

    private static void awaitThatOthersSeeTwo(String url) throws SQLException {
        try (Connection another = DriverManager.getConnection(url);
                Statement statement = another.createStatement()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM \"fairlead_records\"")) {
                    return row.next() && row.getInt(1) == 2;
                }
            });
        }
    }

    /** Whether the reader waits for the writer's connection, or for the file. */
    private static boolean isWaiting() {
        return Thread.getAllStackTraces().values().stream()
                .map(frames -> List.of(frames).toString())
                .anyMatch(stack -> stack.contains(SqlLogReader.class.getName())
                        && (stack.contains("HikariPool.getConnection") || stack.contains("checkpoint")));
    }

    private static CompletableFuture<?> append(LogWriter writer, String value) {
        byte[] bytes = value.getBytes(UTF_8);
        return writer.append(0, List.of(new LogEntry(bytes, bytes, bytes)));
    }
}
