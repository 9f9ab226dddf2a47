package dev.fairlead.mechanisms.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.LoggedLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final String CANARY = "canary-7d1f";

    @TempDir
    Path folder;

    private MechanismOpening opening(Map<String, String> settings) {
        return new MechanismOpening(settings, folder, TimeSource.SYSTEM);
    }

    @Test
    void aRefusedPasswordIsInNoMessageAndNoLog() throws IOException {
        Files.writeString(folder.resolve("secret"), CANARY + "\n");
        Map<String, String> server = RealServer.MARIADB.shared();
        Map<String, String> settings =
                Map.of("url", server.getOrDefault("url", ""), "user", "stranger", "password-file", "secret");
        try (LoggedLines logs = LoggedLines.open()) {
            assertThatThrownBy(() -> SqlMechanism.open(opening(settings)))
                    .isInstanceOfSatisfying(FairleadException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_ACCESS);
                        assertThat(failure).hasMessageContaining("stranger");
                        assertThat(trace(failure)).doesNotContain(CANARY);
                    });
            assertThat(String.join("\n", logs.lines())).doesNotContain(CANARY);
        }
        assertThat(SqlSettings.of(opening(settings), name -> null).toString()).doesNotContain(CANARY);
    }

    @Test
    void aPasswordIsReadFromTheEnvironmentAndShownNowhere() {
        SqlSettings settings = SqlSettings.of(
                opening(Map.of("url", "jdbc:h2:mem:a", "user-env", "WHO", "password-env", "SECRET")),
                name -> Map.of("WHO", "sa", "SECRET", CANARY).get(name));
        assertThat(settings.credentials().password()).isEqualTo(CANARY);
        assertThat(settings.credentials().user()).isEqualTo("sa");
        assertThat(settings.key().password()).isNull();
        assertThat(settings.toString()).doesNotContain(CANARY);
    }

    @Test
    void aPasswordInThePlanIsRefusedAndNotRepeated() {
        for (Map<String, String> bad : List.of(
                Map.of("password", CANARY),
                Map.of("url", "jdbc:postgresql://db/shop?user=a&password=" + CANARY),
                Map.of("url", "jdbc:postgresql://db/shop?sslkey=a.p12&sslpassword=" + CANARY),
                Map.of("url", "jdbc:mariadb://db/shop?keyStorePassword=" + CANARY),
                Map.of("url", "jdbc:mariadb://a:" + CANARY + "@db/shop"),
                Map.of("url", "jdbc:h2:mem:a;PASSWORD=" + CANARY))) {
            assertThatThrownBy(() -> SqlSettings.of(opening(bad), name -> null))
                    .isInstanceOfSatisfying(FairleadException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.PLAN);
                        assertThat(failure).hasMessageContaining("password-env");
                        assertThat(trace(failure)).doesNotContain(CANARY);
                    });
        }
    }

    @Test
    void aSecretThatIsMissingIsNamed() {
        assertThatThrownBy(() -> SqlSettings.of(opening(Map.of("password-env", "SHOP_PASSWORD")), name -> null))
                .hasMessageContaining("SHOP_PASSWORD");
        assertThatThrownBy(() -> SqlSettings.of(opening(Map.of("password-file", "nowhere")), name -> null))
                .hasMessageContaining("nowhere");
    }

    static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
