package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** New, empty databases for tests: H2 in memory, and PostgreSQL as a server of its own that is shared by the tests of a process. */
enum Databases {
    H2 {
        @Override
        DataSource create() {
            JdbcConnectionPool pool =
                    JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
            pool.setMaxConnections(64);
            return pool;
        }
    },
    POSTGRESQL {
        @Override
        DataSource create() {
            return postgres(urlOfNewPostgres());
        }
    };

    private static @Nullable EmbeddedPostgres server;

    abstract DataSource create();

    /** A new database on disk, in the folder if it needs one, that outlives its process. */
    String urlOfNew(Path folder) {
        return this == H2 ? "jdbc:h2:file:" + folder.resolve("database") + ";WRITE_DELAY=0" : urlOfNewPostgres();
    }

    /** A pool for the database of the URL. */
    static DataSource of(String url) {
        return url.startsWith("jdbc:h2:") ? JdbcConnectionPool.create(url, "sa", "") : postgres(url);
    }

    static DataSource postgres(String url) {
        return new HikariDataSource(pool(url));
    }

    /** A pool that gives up after a few seconds, for a database that is away now and then. */
    static DataSource impatient(String url) {
        HikariConfig config = pool(url + "&socketTimeout=2&connectTimeout=2");
        config.setConnectionTimeout(1000);
        config.setValidationTimeout(500);
        return new HikariDataSource(config);
    }

    private static HikariConfig pool(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000); // pools of tests that are over give their connections back
        config.setMaximumPoolSize(30);
        return config;
    }

    /** The server is ended with the process. */
    static synchronized String urlOfNewPostgres() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", "500")
                        .start();
                for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                    assertThat(query(server.getPostgresDatabase(), "SHOW " + setting))
                            .containsExactly("on");
                }
            }
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            execute(server.getPostgresDatabase(), "CREATE DATABASE " + name);
            return server.getJdbcUrl("postgres", name);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start", e);
        }
    }

    static void execute(DataSource database, String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The rows, each as its columns with a blank between them. */
    static List<String> query(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(row.getString(i));
                }
                rows.add(String.join(" ", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** What is done in a transaction. */
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    /** Does the work in a transaction of its own, and commits it. */
    static void commit(DataSource database, Work work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            work.run(connection);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
