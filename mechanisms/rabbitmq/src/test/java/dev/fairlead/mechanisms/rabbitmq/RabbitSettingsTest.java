package dev.fairlead.mechanisms.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RabbitSettingsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("RABBIT_USER", "shop", "RABBIT_PASSWORD", "s3cret");

    @TempDir
    Path folder;

    private RabbitSettings read(Map<String, String> settings) {
        return RabbitSettings.of(new MechanismOpening(settings, folder, TimeSource.SYSTEM), ENVIRONMENT::get);
    }

    @Test
    void nothingSaidMeansAServerOnThisMachine() {
        RabbitSettings settings = read(Map.of());
        assertThat(settings.address()).hasToString("localhost:5672");
        assertThat(settings.address().virtualHost()).isEqualTo("/");
        assertThat(settings.address().streamPort()).isEqualTo(5552);
        assertThat(settings.access().user()).isEqualTo("guest");
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.startWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.creationWait()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void everythingCanBeSaid() throws IOException {
        Files.writeString(folder.resolve("password"), "from file\n");
        RabbitSettings settings = read(Map.of(
                "url", "amqp://a:1,b/my%20host",
                "stream-port", "7",
                "user-env", "RABBIT_USER",
                "password-file", "password",
                "prefix", "shop-",
                "replicas", "3",
                "timeout", "2s",
                "start-wait", "1min",
                "creation-wait", "0ms"));
        assertThat(settings.creationWait()).isZero();
        assertThat(settings.address()).hasToString("a:1,b:5672");
        assertThat(settings.address().virtualHost()).isEqualTo("my host");
        assertThat(settings.address().streamPort()).isEqualTo(7);
        assertThat(settings.access().user()).isEqualTo("shop");
        assertThat(settings.access().password()).isEqualTo("from file");
        assertThat(settings.prefix()).isEqualTo("shop-");
        assertThat(settings.replicas()).isEqualTo(3);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.startWait()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "url, http://a, amqp://HOST",
        "url, amqp://, amqp://HOST",
        "url, amqp://a:99999, port from 1",
        "url, amqp://a/%zz, percent-encoded",
        "url, amqp://u:s3cret@a, user-env",
        "stream-port, 0, from 1",
        "password, s3cret, password-env",
        "password-env, NOBODY, not set",
        "password-file, nowhere, cannot be read",
        "prefix, Shop, a-z",
        "replicas, ten, number",
        "timeout, 1ms, from 100ms",
        "start-wait, soon, such as",
        "tls-ca, ca.pem, amqps",
        "ulr, x, url"
    })
    void whatIsWrongIsRefusedWithTheRemedy(String key, String value, String remedy) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PLAN))
                .hasMessageContaining("rabbitmq")
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void certificatesThatAreNoneAreRefused() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "no certificate");
        assertThatThrownBy(() -> read(Map.of("url", "amqps://a", "tls-ca", "ca.pem")))
                .hasMessageContaining("PEM");
        assertThatThrownBy(() -> read(Map.of("url", "amqps://a", "tls-certificate", "ca.pem")))
                .hasMessageContaining("go together");
        assertThat(read(Map.of("url", "amqps://a")).address().streamPort()).isEqualTo(5551);
    }

    @Test
    void noTextShowsASecret() {
        RabbitSettings settings = read(Map.of("user-env", "RABBIT_USER", "password-env", "RABBIT_PASSWORD"));
        assertThat(settings.access().password()).isEqualTo("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("shop");
    }
}
