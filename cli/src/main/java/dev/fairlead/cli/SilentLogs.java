package dev.fairlead.cli;

/**
 * Keeps the log off a terminal on which a board or a measurement is shown. Named by a property, it takes the place of the configuration that
 * sends the log to standard error, and configures nothing.
 */
public final class SilentLogs {
    private static final String PROPERTY = "java.util.logging.config.class";

    /** For the one who finds the name. */
    public SilentLogs() {}

    /** Has an effect before the first log of the process, and unless a user has configured the log. */
    static void wanted() {
        if (System.getProperty(PROPERTY) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(PROPERTY, SilentLogs.class.getName());
        }
    }
}
