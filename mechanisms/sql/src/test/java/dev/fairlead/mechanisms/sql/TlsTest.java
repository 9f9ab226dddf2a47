package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** PostgreSQL with a certificate of its own, which clients trust or do not. */
class TlsTest {
    private static final String LOG = "shop.sale";

    @Test
    void whatIsTrustedIsUsedAndWhatIsNotIsRefused() throws Exception {
        try (ServerProcess server = RealServer.POSTGRESQL.start()) {
            Certificate certificate = Certificate.create(server.folder(), "server");
            Certificate other = Certificate.create(server.folder(), "other");
            server.kill();
            Files.writeString(
                    server.folder().resolve("data/postgresql.conf"),
                    "\nssl = on\nssl_cert_file = '" + certificate.certificate() + "'\nssl_key_file = '"
                            + certificate.key() + "'\n",
                    StandardOpenOption.APPEND);
            server.restart();

            try (SqlMechanism mechanism = open(server, "verify-full", certificate)) {
                mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), Durability.D2));
                byte[] key = "k".getBytes(UTF_8);
                mechanism
                        .claim(LOG, "test")
                        .append(0, List.of(new LogEntry(key, key, key)))
                        .join();
                assertThat(encrypted(server)).isNotEmpty().allMatch(each -> each);
            }
            assertThatThrownBy(() -> open(server, "verify-full", other))
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_ACCESS))
                    .hasMessageContaining("certificate")
                    .hasMessageContaining("127.0.0.1:" + server.port());
        }
    }

    private static SqlMechanism open(ServerProcess server, String mode, Certificate trusted) {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.merge("url", "?sslmode=" + mode + "&sslrootcert=" + trusted.certificate(), String::concat);
        return SqlMechanism.open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }

    /** Whether each connection of Fairlead's is encrypted, as the server tells it. */
    private static List<Boolean> encrypted(ServerProcess server) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        server.settings().getOrDefault("url", ""),
                        server.settings().getOrDefault("user", ""),
                        "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                        + " WHERE application_name = 'fairlead'")) {
            List<Boolean> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getBoolean(1));
            }
            return found;
        }
    }
}
