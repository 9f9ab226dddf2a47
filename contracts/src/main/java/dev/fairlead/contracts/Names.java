package dev.fairlead.contracts;

/** Which names fields, symbols and variants may have: names that every programming language and format can carry. */
public final class Names {

    /** The rule for a field's name, as it stands in messages. */
    public static final String FIELD_RULE = "a letter, then up to 63 letters, digits or _";

    /** The rule for a symbol's or variant's name, as it stands in messages. */
    public static final String SYMBOL_RULE = "up to 64 letters, digits, _ or -, not beginning with -";

    private static final int MAX_LENGTH = 64;

    private Names() {}

    /** Whether a field may have this name. */
    public static boolean isField(String name) {
        return isShort(name) && isLetter(name.charAt(0)) && areWordParts(name);
    }

    /** Whether a symbol of an enum, an event or a variant of a union may have this name. */
    public static boolean isSymbol(String name) {
        return isShort(name) && isWordPart(name.charAt(0)) && name.chars().allMatch(Names::isSymbolPart);
    }

    static boolean isSymbolPart(int character) {
        return isWordPart(character) || character == '-';
    }

    private static boolean areWordParts(String name) {
        for (int index = 0; index < name.length(); index++) {
            if (!isWordPart(name.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShort(String name) {
        return !name.isEmpty() && name.length() <= MAX_LENGTH;
    }

    private static boolean isLetter(int character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isWordPart(int character) {
        return isLetter(character) || (character >= '0' && character <= '9') || character == '_';
    }
}
