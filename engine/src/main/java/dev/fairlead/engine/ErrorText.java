package dev.fairlead.engine;

/** The text of a failure as it is kept and shown: its type and message, cut to a length. */
final class ErrorText {
    static final int LONGEST = 500;

    private ErrorText() {}

    static String of(Throwable failure) {
        String type = failure.getClass().getSimpleName();
        String message = message(failure);
        return cut(message.isEmpty() ? type : type + ": " + message);
    }

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** A handler's exception may be as broken as the handler. */
    private static String message(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? "" : message;
        } catch (RuntimeException | Error e) {
            return "(its message cannot be read)";
        }
    }
}
