package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a commit survives on the server as it is set up.
 *
 * @param durability the level that a commit reaches
 * @param weakened the settings that keep it below D2 or show what is not kept, each with what would help
 */
record ServerLevel(Durability durability, List<String> weakened) {
    ServerLevel {
        weakened = List.copyOf(weakened);
    }

    static ServerLevel of(Database database, String url) {
        return database.read("reading the settings", connection -> switch (database.dialect()) {
            case POSTGRESQL -> postgresql(connection);
            case MARIADB -> mariadb(connection);
            case H2 -> h2(connection, url);
        });
    }

    /** Whether a kill of the server leaves commits whose log was not written, a power loss those whose log was not flushed. */
    private static ServerLevel postgresql(Connection connection) throws SQLException {
        Durability reached = Durability.D2;
        List<String> weakened = new ArrayList<>();
        for (String setting : List.of("fsync", "full_page_writes")) {
            if (!value(connection, "SHOW " + setting, 1).equals("on")) {
                reached = Durability.D1;
                weakened.add(setting + " is off: a power loss may lose or damage data (set it on)");
            }
        }
        String synchronous = value(connection, "SHOW synchronous_commit", 1);
        if (synchronous.equals("off")) {
            reached = Durability.D0;
            weakened.add("synchronous_commit is off: a crash of the server loses the last commits (set it on)");
        }
        boolean quorum = !value(connection, "SHOW synchronous_standby_names", 1).isBlank()
                && (synchronous.equals("on") || synchronous.equals("remote_apply"));
        return new ServerLevel(reached == Durability.D2 && quorum ? Durability.D4 : reached, weakened);
    }

    private static ServerLevel mariadb(Connection connection) throws SQLException {
        Durability reached = Durability.D2;
        List<String> weakened = new ArrayList<>();
        String flush = value(connection, "SHOW GLOBAL VARIABLES LIKE 'innodb_flush_log_at_trx_commit'", 2);
        if (flush.equals("2")) {
            reached = Durability.D1;
            weakened.add("innodb_flush_log_at_trx_commit is 2: a power loss loses the last commits (set it to 1)");
        } else if (flush.equals("0")) {
            reached = Durability.D0;
            weakened.add(
                    "innodb_flush_log_at_trx_commit is 0: a crash of the server loses the last commits (set it to 1)");
        }
        boolean binaryLog =
                value(connection, "SHOW GLOBAL VARIABLES LIKE 'log_bin'", 2).equals("ON");
        String syncBinaryLog = value(connection, "SHOW GLOBAL VARIABLES LIKE 'sync_binlog'", 2);
        if (!binaryLog) {
            weakened.add(
                    "log_bin is off: a reader may see for a moment what a crash of the server takes back (set it on,"
                            + " with sync_binlog 1)");
        } else if (!syncBinaryLog.equals("1") && reached == Durability.D2) {
            reached = Durability.D1;
            weakened.add("sync_binlog is " + syncBinaryLog
                    + ": a power loss loses the last commits, which are not in the binary log (set it to 1)");
        }
        String doubleWrite = value(connection, "SHOW GLOBAL VARIABLES LIKE 'innodb_doublewrite'", 2);
        if (doubleWrite.equals("OFF") && reached == Durability.D2) {
            reached = Durability.D1;
            weakened.add("innodb_doublewrite is off: a power loss may damage pages (set it on)");
        }
        return new ServerLevel(reached, weakened);
    }

    /** H2 hands a commit to the operating system at once only without a delay, and never flushes it to the disk. */
    private static ServerLevel h2(Connection connection, String url) throws SQLException {
        if (url.startsWith(Dialect.IN_MEMORY)) {
            return new ServerLevel(Durability.D0, List.of("the database is in memory (use jdbc:h2:file:)"));
        }
        if (url.startsWith("jdbc:h2:tcp:")
                || url.startsWith("jdbc:h2:ssl:")
                || url.toUpperCase(Locale.ROOT).contains(";AUTO_SERVER=TRUE")) {
            return new ServerLevel(
                    Durability.D0,
                    List.of(
                            "several processes may write to this H2, and of what they write at once a kill may leave parts"
                                    + " (open the file in one process, or use PostgreSQL or MariaDB)"));
        }
        try (Statement set = connection.createStatement()) {
            set.execute("SET WRITE_DELAY 0");
        }
        return new ServerLevel(
                Durability.D1, List.of("H2 does not flush commits to the disk (use PostgreSQL or MariaDB for D2)"));
    }

    private static String value(Connection connection, String query, int column) throws SQLException {
        try (PreparedStatement show = connection.prepareStatement(query);
                ResultSet row = show.executeQuery()) {
            return row.next() ? row.getString(column) : "";
        }
    }
}
