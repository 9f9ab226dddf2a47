package dev.fairlead.api;

import org.jspecify.annotations.Nullable;

/** The one exception that Fairlead throws; its message names the thing and the remedy, its code is for programs. */
public final class FairleadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public FairleadException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public FairleadException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What went wrong. */
    public ErrorCode code() {
        return code;
    }

    /** Who can do something about it. */
    public ErrorCode.Category category() {
        return code.category();
    }
}
