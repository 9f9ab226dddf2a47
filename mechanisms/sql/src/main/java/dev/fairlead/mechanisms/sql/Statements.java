package dev.fairlead.mechanisms.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Statements whose parameters are numbers. */
final class Statements {
    private Statements() {}

    static PreparedStatement prepare(Connection connection, String sql, long... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        set(statement, parameters);
        return statement;
    }

    static void set(PreparedStatement statement, long... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setLong(i + 1, parameters[i]);
        }
    }

    /** How many rows it changed. */
    static int update(Connection connection, String sql, long... parameters) throws SQLException {
        try (PreparedStatement update = prepare(connection, sql, parameters)) {
            return update.executeUpdate();
        }
    }

    /** One above the number that the query finds; 0 when it finds none. */
    static long next(Connection connection, String query, long... parameters) throws SQLException {
        try (PreparedStatement select = prepare(connection, query, parameters);
                ResultSet row = select.executeQuery()) {
            row.next();
            long number = row.getLong(1);
            return row.wasNull() ? 0 : number + 1;
        }
    }

    /** The number that the query finds. */
    static long number(Connection connection, String query, long... parameters) throws SQLException {
        try (PreparedStatement select = prepare(connection, query, parameters);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Places for so many numbers or more; there are few lengths, so that databases know the statements again. */
    static String list(int size) {
        int places = places(size);
        return "(?" + ", ?".repeat(places - 1) + ")";
    }

    /** Fills the places of a list, with the last number again and again where there are more of them. */
    static void setList(PreparedStatement statement, int from, List<Long> numbers) throws SQLException {
        int places = places(numbers.size());
        for (int i = 0; i < places; i++) {
            statement.setLong(from + i, numbers.get(Math.min(i, numbers.size() - 1)));
        }
    }

    private static int places(int size) {
        int places = 1;
        while (places < size) {
            places *= 4;
        }
        return places;
    }
}
