package dev.fairlead.node.identity;

/** Somebody showed something that proves nothing; the message tells what kind of fault it is, and nothing of what was shown. */
public final class Unproven extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unproven(String message) {
        super(message, null, false, false);
    }
}
