package dev.fairlead.engine.transaction;

import java.sql.SQLException;

/** That the application's database gives no connection, which says nothing about the event that was to be handled. */
public final class DatabaseAway extends Exception {
    private static final long serialVersionUID = 1L;

    DatabaseAway(SQLException cause) {
        super(cause);
    }
}
