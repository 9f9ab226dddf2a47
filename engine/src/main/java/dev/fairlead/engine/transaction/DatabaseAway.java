package dev.fairlead.engine.transaction;

/** That the application's database gives no connection that works, which says nothing about the event that was to be handled. */
public final class DatabaseAway extends Exception {
    private static final long serialVersionUID = 1L;

    DatabaseAway(Exception cause) {
        super(cause);
    }
}
