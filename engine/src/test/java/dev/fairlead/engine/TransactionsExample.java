package dev.fairlead.engine;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.engine.StateOutboxChild.Profile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The code that docs/transactions.md shows; {@link TransactionsPageTest} holds the two together and runs it. */
final class TransactionsExample {
    private TransactionsExample() {}

    // transactions begins
    static void sell(DataSource database, Outbox<String, Sale> outbox, String saleId, ItemAdded added)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                book(connection, saleId, added);
                outbox.append(connection, saleId, added); // with the booking, or not at all
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
        outbox.wake(); // a hint: without it the event waits for the next poll
    }

    static Following<String, Sale> ship(Events<String, Sale> sales, DataSource database) {
        return sales.follow("labels", Handler.transactional(database, TransactionsExample::label));
    }

    static void label(Connection connection, EventRecord<String, Sale> happened) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO labels VALUES (?, ?)")) {
            insert.setString(1, happened.key());
            insert.setLong(2, happened.version());
            insert.executeUpdate();
        }
    }
    // transactions ends

    // state begins
    static void rename(DataSource database, StateOutbox<String, Profile> outbox, Profile profile) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                save(connection, profile);
                outbox.put(connection, profile); // with the row, or not at all; remove(connection, key) as well
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
        outbox.wake();
    }
    // state ends

    static void save(Connection connection, Profile profile) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO profiles VALUES (?, ?)")) {
            insert.setString(1, profile.customerId());
            insert.setString(2, profile.name());
            insert.executeUpdate();
        }
    }

    static void book(Connection connection, String saleId, ItemAdded added) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO sales VALUES (?, ?, ?)")) {
            insert.setString(1, saleId);
            insert.setString(2, added.sku());
            insert.setInt(3, added.quantity());
            insert.executeUpdate();
        }
    }
}
