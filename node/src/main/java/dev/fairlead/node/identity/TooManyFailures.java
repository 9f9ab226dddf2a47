package dev.fairlead.node.identity;

/** What somebody showed was not looked at, because too much from the same address proved nothing. */
public final class TooManyFailures extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyFailures() {
        super("too much that was shown from this address proved nothing", null, false, false);
    }
}
