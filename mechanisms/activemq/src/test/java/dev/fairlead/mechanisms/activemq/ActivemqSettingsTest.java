package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivemqSettingsTest {
    @TempDir
    Path folder;

    private static ActivemqSettings read(Map<String, String> settings) {
        return ActivemqSettings.of(Activemq.opening(settings), Map.of("SECRET", "xyzzy")::get);
    }

    @Test
    void hasUsualValues() {
        ActivemqSettings settings = read(Map.of());
        assertThat(settings.url()).hasToString("amqp://localhost:5672");
        assertThat(settings.prefix()).isEmpty();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.startWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(read(Map.of("url", "amqps://b")).url()).hasToString("amqps://b:5671");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "urll, amqp://a:1, did you mean `url`",
                "url, http://a:1, amqp://host:port",
                "url, amqp://a:99999, a port from 1 to 65535",
                "prefix, a/b, 'prefix'",
                "timeout, 5, such as 500ms",
                "start-wait, 20min, 'start-wait' is from",
                "password-env, NOT_SET, which is not set",
                "password, xyzzy, a password does not stand in a plan",
                "tls-ca, nowhere.pem, does not begin with amqps://"
            })
    void refusesWhatIsWrong(String key, String value, String message) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PLAN))
                .hasMessageContaining(message);
    }

    @Test
    void showsNoSecret() {
        ActivemqSettings settings = read(Map.of("url", "amqps://b", "password-env", "SECRET", "user", "u"));
        assertThat(settings.toString()).doesNotContain("xyzzy");
        assertThatThrownBy(() -> read(Map.of("url", "amqp://u:xyzzy@host")))
                .isInstanceOf(FairleadException.class)
                .hasMessageNotContaining("xyzzy");
    }

    @Test
    void logsInByNameAndPassword() throws Exception {
        Map<String, String> settings = new HashMap<>(RealServer.ACTIVEMQ.shared());
        settings.put("user", "fairlead");
        settings.put(
                "password-file",
                Files.writeString(folder.resolve("good"), "hawser\n").toString());
        ActivemqMechanism.open(Activemq.opening(settings)).close();

        settings.put(
                "password-file",
                Files.writeString(folder.resolve("bad"), "xyzzy").toString());
        assertThatThrownBy(() -> ActivemqMechanism.open(Activemq.opening(settings)))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_ACCESS))
                .hasMessageNotContaining("xyzzy");
    }
}
