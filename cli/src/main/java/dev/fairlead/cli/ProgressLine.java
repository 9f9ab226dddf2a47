package dev.fairlead.cli;

import java.io.PrintWriter;

/** One line on a terminal that says what is going on, rewritten in place; nothing where there is no terminal. */
final class ProgressLine {
    private static final String REWRITE = "\r\u001B[K";

    private final PrintWriter err;
    private final boolean shown;

    private ProgressLine(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    static ProgressLine on(PrintWriter err) {
        return new ProgressLine(err, Terminal.ofThisProcess() != Terminal.NONE);
    }

    void show(String what) {
        if (shown) {
            err.print(REWRITE + what);
            err.flush();
        }
    }

    void clear() {
        show("");
    }
}
