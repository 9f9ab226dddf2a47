package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.cloudevents.CloudEvent;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the mechanism's page tells other programs, done by one that is not Fairlead. */
@ParameterizedClass
@EnumSource(names = {"REDIS", "VALKEY"})
class RedisPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "mechanisms", "redis.md");
    private static final String LOG = "shop.sale";

    private final ServerProcess server;

    RedisPageTest(RealServer kind) {
        server = kind.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    /** The words of the page's command that begins so. */
    private static String[] words(String beginning) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .split(" ");
    }

    private Object run(String... words) {
        return Redis.command(server, words[0], Arrays.copyOfRange(words, 1, words.length));
    }

    private static LogWriter define(RedisMechanism mechanism) {
        mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), Durability.D2));
        return mechanism.claim(LOG, "test");
    }

    @Test
    void whatAnotherProgramAddsAsThePageSaysIsRead() throws IOException {
        try (RedisMechanism mechanism = Redis.open(server.port(), Map.of())) {
            define(mechanism);
            run(words("XADD"));
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                LogRecord record = reader.poll(1, Redis.PATIENCE).records().getFirst();
                assertThat(new String(record.key(), UTF_8)).isEqualTo("a17");
                assertThat(new String(record.payload(), UTF_8)).isEqualTo("{\"total\":5}");
                assertThat(record.header()).isNotEmpty();
                CloudEvent event = ForeignHeader.read(LOG, record.header(), record.key(), record.payload());
                assertThat(event.type()).isEqualTo("SaleClosed");
                assertThat(event.id()).isEqualTo("17");
                assertThat(event.time()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
                assertThat(event.mediaType()).isEqualTo("application/json");
            }
        }
    }

    @Test
    void whatIsWrittenIsReadByAnotherProgramAsThePageSays() throws IOException {
        try (RedisMechanism mechanism = Redis.open(server.port(), Map.of())) {
            LogWriter writer = define(mechanism);
            byte[] key = "a17".getBytes(UTF_8);
            byte[] data = "{\"total\":5}".getBytes(UTF_8);
            CloudEvent event = new CloudEvent(
                    LOG, "SaleClosed", "a17/1", 1, 1, Instant.parse("2026-01-02T03:04:05Z"), null, "application/json");
            for (int i = 0; i < 17; i++) {
                Redis.append(writer, "before");
            }
            Redis.result(writer.append(0, List.of(new LogEntry(key, new byte[] {7}, data, event))));

            Reply entry = Reply.of(run(words("XRANGE"))).list(0);
            assertThat(entry.text(0)).isEqualTo("1-17");
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < entry.list(1).size(); i += 2) {
                fields.put(entry.list(1).text(i), entry.list(1).text(i + 1));
            }
            assertThat(fields)
                    .containsEntry("key", "a17")
                    .containsEntry("data", "{\"total\":5}")
                    .containsEntry("header", "\u0007")
                    .containsEntry("ce-specversion", "1.0")
                    .containsEntry("ce-id", "a17/1")
                    .containsEntry("ce-type", "shop.sale.SaleClosed")
                    .containsEntry("ce-time", "2026-01-02T03:04:05Z")
                    .containsEntry("ce-datacontenttype", "application/json");
        }
    }

    @Test
    void theUserThatThePageAllowsMayOpenIt(@TempDir Path folder) throws IOException {
        String[] words = words("ACL");
        words[4] = words[4].replace("PASSWORD", "secret");
        run(words);
        Files.writeString(folder.resolve("secret"), "secret");
        Redis.open(
                        server.port(),
                        Map.of(
                                "user",
                                "shop",
                                "password-file",
                                folder.resolve("secret").toString()))
                .close();
    }

    @Test
    void thePageNamesEverySetting() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(RedisSettings.KEYS)
                .filteredOn(key -> !key.equals("replicas"))
                .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    }
}
