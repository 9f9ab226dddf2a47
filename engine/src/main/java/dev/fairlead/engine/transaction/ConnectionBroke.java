package dev.fairlead.engine.transaction;

/**
 * That the connection of an attempt broke while the application's database gave another one: a server that began anew meanwhile, or something
 * in the attempt itself, as a limit of the database for transactions that do nothing.
 */
public final class ConnectionBroke extends Exception {
    private static final long serialVersionUID = 1L;

    ConnectionBroke(Exception cause) {
        super("the connection broke, and the database gives another: " + cause.getMessage(), cause);
    }
}
