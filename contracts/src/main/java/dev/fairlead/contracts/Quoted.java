package dev.fairlead.contracts;

/** Writes free text so that it cannot be mistaken for the text around it. */
final class Quoted {
    private Quoted() {}

    static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char character : value.toCharArray()) {
            switch (character) {
                case '"', '\\' -> quoted.append('\\').append(character);
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
