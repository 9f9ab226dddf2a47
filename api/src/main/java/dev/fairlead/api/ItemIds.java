package dev.fairlead.api;

import java.util.regex.Pattern;

/** The form of items' ids. */
final class ItemIds {
    static final int LONGEST = 100;
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9.-]{0," + (LONGEST - 1) + "}");

    private ItemIds() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
