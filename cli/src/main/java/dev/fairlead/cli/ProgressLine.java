package dev.fairlead.cli;

import java.io.PrintWriter;

/**
 * One line on a terminal that says what is going on, rewritten in place; nothing where there is no terminal. Safe for many threads; once
 * closed it stays empty.
 */
final class ProgressLine implements AutoCloseable {
    private static final String REWRITE = "\r\u001B[K";
    /** What is longer than the terminal is wide ends at its edge: of a second row the first would stay. */
    private static final String CUT = "\u001B[?7l";

    private static final String WRAP = "\u001B[?7h";

    private final PrintWriter err;
    private boolean shown;

    private ProgressLine(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    static ProgressLine on(PrintWriter err) {
        return on(err, Terminal.ofThisProcess());
    }

    static ProgressLine on(PrintWriter err, Terminal terminal) {
        return new ProgressLine(err, terminal != Terminal.NONE);
    }

    synchronized void show(String what) {
        if (shown) {
            err.print(REWRITE + CUT + what.replaceAll("\\s+", " ") + WRAP);
            err.flush();
        }
    }

    /** Takes the line away for good. */
    @Override
    public synchronized void close() {
        if (shown) {
            err.print(REWRITE);
            err.flush();
            shown = false;
        }
    }
}
