package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSettingsTest {
    private static final String CANARY = "canary-3f9c";
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"" + CANARY
                    + "\"";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "utl | kafka:9092 | did you mean `url`",
                "ssl.truststore.locatoin | t | did you mean `ssl.truststore.location`",
                "bootstrap.servers | kafka:9092 | unknown setting",
                "acks | 0 | unknown setting",
                "url | kafka | host:port",
                "prefix | A | begin with",
                "replicas | many | 'replicas'",
                "timeout | soon | 'timeout'",
                "start-wait | 1h | 'start-wait'",
                "sasl.jaas.config | secret | is a secret",
                "ssl.keystore.password | secret | is a secret",
                "sasl.jaas.config-env | NOT_SET | is not set",
                "sasl.jaas.config-file | nowhere | cannot be read"
            })
    void whatIsWrongIsSaid(String key, String value, String said) {
        plan(() -> settings(Map.of(key, value))).hasMessageContaining(said);
    }

    @Test
    void aSecretComesFromTheEnvironmentOrAFileAndShowsNowhere() throws Exception {
        Files.writeString(folder.resolve("password"), CANARY + "\n");
        KafkaSettings settings = settings(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config-env", "LOGIN",
                "ssl.truststore.password-file", "password"));

        assertThat(settings.security().values())
                .containsEntry("sasl.jaas.config", LOGIN)
                .containsEntry("ssl.truststore.password", CANARY)
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(settings.toString()).doesNotContain(CANARY).doesNotContain(LOGIN);
    }

    @Test
    void aFailureToConnectShowsNoSecret() {
        // The login ends without a semicolon, which the client refuses.
        KafkaSettings settings = settings(Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config-env", "LOGIN"));
        plan(() -> Cluster.open(settings)).satisfies(failure -> {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            assertThat(text.toString()).doesNotContain(CANARY);
        });
    }

    @Test
    void theCleanedTextHasNoSecret() {
        Security security = settings(Map.of("sasl.jaas.config-env", "LOGIN")).security();

        assertThat(security.without("bad: " + LOGIN)).isEqualTo("bad: (a secret)");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> plan(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PLAN));
    }

    private KafkaSettings settings(Map<String, String> settings) {
        return KafkaSettings.of(
                new MechanismOpening(settings, folder, TimeSource.SYSTEM), name -> "LOGIN".equals(name) ? LOGIN : null);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2, 2, false, false, D3",
        "3, 2, 2, false, true, D4",
        "3, 2, 2, true, false, D1",
        "3, 1, 2, false, false, D1",
        "3, 2, 1, false, false, D1",
        "1, 1, 1, false, true, D2",
        "1, 1, 1, false, false, D1"
    })
    void theBrokersSettingsGiveTheLevel(
            int replicas, int inSync, int transactions, boolean unclean, boolean flushed, Durability expected) {
        ServerLevel level = new ServerLevel(replicas, inSync, transactions, unclean, flushed);

        assertThat(level.durability()).isEqualTo(expected);
        assertThat(level.weakened().isEmpty()).isEqualTo(expected == Durability.D4);
    }
}
