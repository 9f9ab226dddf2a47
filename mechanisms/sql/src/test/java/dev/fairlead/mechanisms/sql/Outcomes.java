package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** How futures failed. */
final class Outcomes {
    private Outcomes() {}

    /** The code of a failure; a failure that has none goes on. */
    static ErrorCode codeOf(CompletionException e) {
        if (e.getCause() instanceof FairleadException failure) {
            return failure.code();
        }
        throw e;
    }

    /** The code with which the future fails, after waiting for it. */
    static ErrorCode codeOf(CompletableFuture<?> failed) {
        try {
            throw new AssertionError("it worked: " + failed.join());
        } catch (CompletionException e) {
            return codeOf(e);
        }
    }
}
