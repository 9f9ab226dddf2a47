package dev.fairlead.mechanisms.kafka;

/** Texts that have a limit. */
final class Cut {
    private Cut() {}

    /** The beginning of the text, at most so many characters, and none of them halved. */
    static String text(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
