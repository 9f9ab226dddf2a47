package dev.fairlead.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The refusal of a question, thrown by an owner's handler. The asker gets it as the cause of a {@link FairleadException} with
 * {@link ErrorCode#REFUSED}; code and message travel as they are, so they hold nothing that the asker may not see.
 */
public final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_MESSAGE = 1000;

    private final String code;

    /**
     * @param code for programs: a letter, then up to 63 letters, digits, dots, dashes and underscores
     * @param message for people, at most 1000 characters; a longer one is cut
     */
    public RequestRefused(String code, String message) {
        super(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message);
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a code of a refusal: " + code + " (for example sold-out)");
        }
        this.code = code;
    }

    /** The code that the handler gave. */
    public String code() {
        return code;
    }

    /** The refusal behind a failed question, if it was one. */
    public static Optional<RequestRefused> of(FairleadException failure) {
        return failure.getCause() instanceof RequestRefused refused ? Optional.of(refused) : Optional.empty();
    }
}
