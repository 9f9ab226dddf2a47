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
import dev.fairlead.testkit.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with a certificate of their own, which clients trust or do not, and which want one of the client, and a password. */
class TlsTest {
    private static final String PASSWORD = "canary-5b21";

    @TempDir
    Path folder;

    @Test
    void postgresqlAndItsClientShowEachOtherWhoTheyAre() throws Exception {
        Certificate own = Certificate.create(folder, "server");
        Certificate client = Certificate.create(folder, "client");
        try (ServerProcess server = RealServer.POSTGRESQL.start()) {
            execute(server, "CREATE ROLE shop LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
            server.kill();
            Files.writeString(
                    server.folder().resolve("data/pg_hba.conf"),
                    "hostssl all shop 127.0.0.1/32 scram-sha-256 clientcert=verify-ca\n");
            server.restart(List.of(
                    "-c",
                    "ssl=on",
                    "-c",
                    "ssl_cert_file=" + own.certificate(),
                    "-c",
                    "ssl_key_file=" + own.key(),
                    "-c",
                    "ssl_ca_file=" + client.certificate()));
            String trusting = "?sslmode=verify-full&sslrootcert=" + own.certificate();
            String mutual = trusting + "&sslkey=" + folder.resolve("client.p12");

            assertThat(work(
                            server,
                            mutual,
                            "SELECT bool_and(ssl AND client_dn IS NOT NULL)::text FROM pg_stat_ssl"
                                    + " JOIN pg_stat_activity USING (pid) WHERE application_name = 'fairlead'"))
                    .isEqualTo("true");
            refuses(server, mutual.replace("server.crt", "client.crt"), PASSWORD, "is not trusted");
            refuses(server, trusting, PASSWORD, "valid client certificate");
            refuses(server, mutual, PASSWORD + "-wrong", "password");
        }
    }

    @Test
    void mariadbAndItsClientShowEachOtherWhoTheyAre() throws Exception {
        Certificate own = Certificate.create(folder, "server");
        Certificate client = Certificate.create(folder, "client");
        try (ServerProcess server = RealServer.MARIADB.start()) {
            execute(
                    server,
                    "CREATE USER shop@127.0.0.1 IDENTIFIED BY '" + PASSWORD + "' REQUIRE X509",
                    "GRANT ALL ON *.* TO shop@127.0.0.1");
            server.kill();
            server.restart(List.of(
                    "--ssl-cert=" + own.certificate(), "--ssl-key=" + own.key(), "--ssl-ca=" + client.certificate()));
            String trusting = "?sslMode=verify-full&serverSslCert=" + own.certificate();
            String mutual = trusting + "&keyStore=" + folder.resolve("client.p12");

            assertThat(work(
                            server,
                            mutual,
                            "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS"
                                    + " WHERE VARIABLE_NAME = 'SSL_VERSION'"))
                    .startsWith("TLS");
            refuses(server, mutual.replace("server.crt", "client.crt"), PASSWORD, "");
            refuses(server, trusting, PASSWORD, "Access denied");
            refuses(server, mutual, PASSWORD + "-wrong", "Access denied");
        }
    }

    /** Appends a record through Fairlead, and gives the answer of the server to the question, on a connection of Fairlead's. */
    private String work(ServerProcess server, String parameters, String question) throws Exception {
        try (SqlMechanism mechanism = open(server, parameters, PASSWORD)) {
            mechanism.define(new LogDefinition("shop.sale", new Retention.KeepAll(), Durability.D2));
            byte[] key = "k".getBytes(UTF_8);
            mechanism
                    .claim("shop.sale", "test")
                    .append(0, List.of(new LogEntry(key, key, key)))
                    .join();
            return mechanism.server().database().read("asking the server", connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(question)) {
                    return row.next() ? row.getString(1) : "";
                }
            });
        }
    }

    /** And nobody hears a secret. */
    private void refuses(ServerProcess server, String parameters, String password, String part) {
        try (LoggedLines logs = LoggedLines.open()) {
            refuses(() -> open(server, parameters, password), part);
            assertThat(String.join("\n", logs.lines())).doesNotContain(PASSWORD).doesNotContain(Certificate.PASSWORD);
        }
    }

    private static void refuses(ThrowingCallable opening, String part) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(FairleadException.class, failure -> {
                    assertThat(failure.code()).isIn(ErrorCode.STORAGE_ACCESS, ErrorCode.UNREACHABLE);
                    assertThat(SecretsTest.trace(failure))
                            .doesNotContain(PASSWORD)
                            .doesNotContain(Certificate.PASSWORD);
                })
                .hasMessageContaining(part);
    }

    private SqlMechanism open(ServerProcess server, String parameters, String password) throws IOException {
        Files.writeString(folder.resolve("password"), password + "\n");
        Files.writeString(folder.resolve("key-password"), Certificate.PASSWORD);
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.merge("url", parameters, String::concat);
        settings.putAll(Map.of(
                "user",
                "shop",
                "password-file",
                "password",
                "key-password-file",
                "key-password",
                "start-wait",
                "100ms",
                "timeout",
                "8s"));
        return SqlMechanism.open(new MechanismOpening(settings, folder, TimeSource.SYSTEM));
    }

    private static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.settings().getOrDefault("url", ""),
                        server.settings().getOrDefault("user", ""),
                        "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
