package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;

/** What tests on a server that they may kill do alike. */
final class Redis {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Redis() {}

    static RedisMechanism open(int port, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("url", "redis://127.0.0.1:" + port, "timeout", "10s"));
        settings.putAll(more);
        return RedisMechanism.open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }

    /** A command of a program that is not Fairlead. */
    static Object command(ServerProcess server, String command, String... words) {
        return command(server.port(), command, words);
    }

    static Object command(int port, String command, String... words) {
        try (Connection stranger = new Connection(new HostAndPort("127.0.0.1", port))) {
            stranger.sendCommand(Protocol.Command.valueOf(command), words);
            return stranger.getOne();
        }
    }

    static LogEntry entry(String key, String value) {
        return new LogEntry(key.getBytes(UTF_8), new byte[] {7}, value.getBytes(UTF_8));
    }

    /** Appends, and gives the offset. */
    static long append(LogWriter writer, String value) {
        return result(writer.append(0, List.of(entry("k", value)))).first().offset();
    }

    /** The result, or the failure as it was. */
    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known ? known : e;
        }
    }

    static void fails(ErrorCode code, String part, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code())
                                .as(String.valueOf(failure.getMessage()))
                                .isEqualTo(code))
                .hasMessageContaining(part);
    }

    /** The values from where the reader is to the end. */
    static List<String> values(LogReader reader, long end) {
        List<String> values = new ArrayList<>();
        while (reader.next() < end) {
            for (LogRecord record : reader.poll(100, PATIENCE).records()) {
                values.add(new String(record.payload(), UTF_8));
            }
        }
        return values;
    }
}
