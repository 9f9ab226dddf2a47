package dev.fairlead.node.identity;

import org.jspecify.annotations.Nullable;

/** An access file, or what it names, is of no use; nobody can be let in by it. */
final class AccessFault extends Exception {
    private static final long serialVersionUID = 1L;

    AccessFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
