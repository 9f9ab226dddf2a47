package dev.fairlead.mechanisms.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

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
}
