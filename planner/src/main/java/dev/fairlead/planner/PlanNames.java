package dev.fairlead.planner;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names services, items and mechanisms may have: what every broker, database and file system can carry. */
final class PlanNames {
    static final String RULE = "a small letter, then up to 47 small letters, digits or -";

    private static final int LONGEST = 48;
    private static final int DEVICE_LENGTH = 4;
    private static final Pattern DEVICE = Pattern.compile("(com|lpt)[0-9]");
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

    private PlanNames() {}

    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isSmallLetter(text.charAt(0))) {
            return false;
        }
        for (int index = 1; index < text.length(); index++) {
            char character = text.charAt(index);
            if (!isSmallLetter(character) && character != '-' && (character < '0' || character > '9')) {
                return false;
            }
        }
        return !isDevice(text);
    }

    private static boolean isSmallLetter(char character) {
        return character >= 'a' && character <= 'z';
    }

    /** Reports a name that breaks the rule; true when it is good. */
    static boolean check(String what, Located name, Findings findings) {
        if (isName(name.text())) {
            return true;
        }
        String remedy = isDevice(name.text()) ? "Windows reserves it; take another" : "use " + RULE;
        findings.error(
                Rule.BAD_NAME,
                name.place(),
                Printable.quoted(name.text()) + " cannot name " + what + " (" + remedy + ")");
        return false;
    }

    private static boolean isDevice(String text) {
        return DEVICES.contains(text)
                || (text.length() == DEVICE_LENGTH && DEVICE.matcher(text).matches());
    }
}
