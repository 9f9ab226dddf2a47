package dev.fairlead.cli;

/** Gives each entry of the log one line, as everything beside it has. */
final class LogLines {
    private static final String PROPERTY = "java.util.logging.SimpleFormatter.format";

    private LogLines() {}

    /** Has an effect before the first log of the process, and unless a user has chosen a form. */
    static void wanted() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "%4$s %5$s%6$s%n");
        }
    }
}
