package dev.fairlead.contracts;

/** Walks over the text of a type, part by part, skipping the spaces between them. */
final class TypeCursor {
    private static final int LONGEST_NUMBER = 4;

    private final String text;
    private int next;

    TypeCursor(String text) {
        this.text = text;
        skipSpaces();
    }

    int offset() {
        return next;
    }

    /** The letters, digits, underscores and hyphens that come next; may be empty. */
    String word() {
        int start = next;
        while (next < text.length() && Names.isSymbolPart(text.charAt(next))) {
            next++;
        }
        String word = text.substring(start, next);
        skipSpaces();
        return word;
    }

    int number() {
        int start = next;
        String word = word();
        if (word.isEmpty() || word.length() > LONGEST_NUMBER || !word.chars().allMatch(TypeCursor::isDigit)) {
            throw fault(start, "a number is missing (write decimal(12,2))");
        }
        return Integer.parseInt(word);
    }

    boolean take(char wanted) {
        if (next >= text.length() || text.charAt(next) != wanted) {
            return false;
        }
        next++;
        skipSpaces();
        return true;
    }

    void expect(char wanted) {
        if (!take(wanted)) {
            throw fault(next, "expected `" + wanted + "` but " + found());
        }
    }

    void end() {
        if (next < text.length()) {
            throw fault(next, "the type ends here, but " + found() + " (remove the rest)");
        }
    }

    Fault fault(int offset, String message) {
        return new Fault(offset, message);
    }

    private String found() {
        return next < text.length()
                ? "found `" + text.substring(next, text.offsetByCodePoints(next, 1)) + "`"
                : "the text ended";
    }

    private void skipSpaces() {
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /** Ends the reading of one type at its first fault; never leaves {@link FieldTypeText}. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int offset;
        private final String text;

        Fault(int offset, String text) {
            super(text, null, false, false);
            this.offset = offset;
            this.text = text;
        }

        int offset() {
            return offset;
        }

        String text() {
            return text;
        }
    }
}
