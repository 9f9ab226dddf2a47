package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.servers.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demos on real servers, which are found or started. */
class DemosOnServersTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sql", "redis", "kafka"})
    void theMarketRunsOn(String mechanism) {
        CommandRun run = CommandRun.of("demo", "trading", "--for", "6s", "--speed", "1000", "--mechanism", mechanism);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("all 6 checks passed");
    }

    /** Prices, feeds, questions, tells and events each go where a team might have them; nothing in the plan says so. */
    @Test
    void theStoreRunsOnFiveServersAtOnce() throws IOException {
        Map<String, String> kept = new LinkedHashMap<>();
        kept.put("redis", offer(RealServer.REDIS, "catalog.price"));
        kept.put("activemq", offer(RealServer.ARTEMIS, "tell"));
        kept.put("kafka", offer(RealServer.KAFKA, "state"));
        kept.put("rabbitmq", offer(RealServer.RABBITMQ, "request"));
        kept.put("sql", offer(RealServer.POSTGRESQL, "event"));
        Path landscape = folder.resolve("landscape.yaml");
        Files.writeString(
                landscape,
                kept.entrySet().stream()
                        .map(each -> "  " + each.getKey() + ": " + each.getValue() + "\n")
                        .collect(Collectors.joining("", "mechanisms:\n", "")));

        CommandRun run = CommandRun.of("demo", "store", "--for", "6s", "--landscape", landscape);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("checks passed", "nobody is erased: kafka cannot erase profile.profile");
    }

    private static String offer(RealServer server, String what) {
        return server.shared().entrySet().stream()
                .map(setting -> setting.getKey() + ": \"" + setting.getValue() + "\"")
                .collect(Collectors.joining(", ", "{ ", ", carries: [ " + what + " ] }"));
    }
}
