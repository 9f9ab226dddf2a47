package dev.fairlead.mechanisms.sql;

import java.util.regex.Pattern;

/** Puts the names of the mechanism's tables into statements: {@code {logs}} becomes the quoted name of that table. */
final class Tables {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    private final Dialect dialect;
    private final String prefix;

    Tables(Dialect dialect, String prefix) {
        this.dialect = dialect;
        this.prefix = prefix;
    }

    String sql(String statement) {
        return PLACE.matcher(statement).replaceAll(match -> name(match.group(1)));
    }

    private String name(String table) {
        return dialect.quoted(prefix + table);
    }

    /** The server's clock in milliseconds. */
    String millis() {
        return dialect.millis();
    }

    /** The next value of the sequence that orders messages. */
    String nextTurn() {
        return dialect.nextTurn(name("turns"));
    }
}
