package dev.fairlead.mechanisms.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {
    private static final String CANARY = "canary-7d1f";
    private static final String URL = "redis://db";

    @TempDir
    Path folder;

    private RedisSettings of(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("url", URL));
        settings.putAll(more);
        return RedisSettings.of(
                new MechanismOpening(settings, folder, TimeSource.SYSTEM), Map.of("SECRET", CANARY)::get);
    }

    private void refused(String part, Map<String, String> settings) {
        Redis.fails(ErrorCode.PLAN, part, () -> of(settings));
    }

    @Test
    void anAddressNamesHostPortAndDatabase() {
        assertThat(of(Map.of()).port()).isEqualTo(6379);
        RedisSettings full = of(Map.of("url", "rediss://db.example.org:7000/3"));
        assertThat(full.place()).isEqualTo("redis at db.example.org:7000");
        assertThat(full.database()).isEqualTo(3);
        assertThat(full.tls()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db:6379",
                "http://db",
                "redis://",
                "redis://db/x",
                "redis://db/123456",
                "redis://db:0",
                "redis://db#a",
                "redis://db with spaces"
            })
    void anotherAddressIsRefused(String url) {
        refused("redis://HOST[:PORT][/DATABASE]", Map.of("url", url));
    }

    @Test
    void whatIsNotKnownOrOutOfBoundsIsRefused() {
        refused("did you mean `timeout`?", Map.of("timeuot", "1s"));
        refused("'connections'", Map.of("connections", "0"));
        refused("'connections'", Map.of("connections", "201"));
        refused("'timeout'", Map.of("timeout", "0ms"));
        refused("'start-wait'", Map.of("start-wait", "soon"));
        refused("'poll'", Map.of("poll", "61min"));
        refused("'prefix'", Map.of("prefix", "a:b"));
        refused("rediss://", Map.of("tls-ca", "ca.pem"));
        refused("go together", Map.of("url", "rediss://db", "tls-key", "key.pem"));
        refused("ca.pem", Map.of("url", "rediss://db", "tls-ca", "ca.pem"));
    }

    @Test
    void aPasswordInThePlanIsRefusedAndNotRepeated() {
        for (Map<String, String> bad : List.of(
                Map.of("password", CANARY),
                Map.of("url", "redis://:" + CANARY + "@db"),
                Map.of("url", "redis://shop:" + CANARY + "@db:6379/0"),
                Map.of("url", "redis://db?password=" + CANARY))) {
            Redis.fails(ErrorCode.PLAN, "password-env", () -> {
                try {
                    of(bad);
                } catch (RuntimeException e) {
                    assertThat(e).hasMessageNotContaining(CANARY).hasNoCause();
                    throw e;
                }
            });
        }
    }

    @Test
    void aPasswordIsReadFromTheEnvironmentOrAFileAndShownNowhere() throws Exception {
        RedisSettings settings = of(Map.of("password-env", "SECRET", "user", "shop"));
        assertThat(settings.credentials().password()).isEqualTo(CANARY);
        assertThat(settings.toString()).doesNotContain(CANARY);
        Files.writeString(folder.resolve("secret"), CANARY + "\n");
        assertThat(of(Map.of("password-file", "secret")).credentials().password())
                .isEqualTo(CANARY);
        refused("NOWHERE", Map.of("password-env", "NOWHERE"));
        refused("nowhere", Map.of("password-file", "nowhere"));
        refused("keep one", Map.of("password-file", "secret", "password-env", "SECRET"));
    }

    @Test
    void aKeyThatIsNoneIsRefusedAndNotRepeated() throws Exception {
        Files.writeString(folder.resolve("key.pem"), CANARY);
        Files.writeString(folder.resolve("certificate.pem"), "nothing");
        refused("tls-…", Map.of("url", "rediss://db", "tls-certificate", "certificate.pem", "tls-key", "key.pem"));
    }
}
