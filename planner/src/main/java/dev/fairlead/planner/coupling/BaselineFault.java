package dev.fairlead.planner.coupling;

/** A baseline that cannot be read; the message says what is wrong in which line, and what to do. */
public final class BaselineFault extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    BaselineFault(int line, String what) {
        super(what + " (take the committed file, or write it anew with --update-baseline --accept-worse)");
        this.line = line;
    }

    /** The line, counted from one. */
    public int line() {
        return line;
    }
}
