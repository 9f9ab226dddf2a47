package dev.fairlead.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proof of a successful write, and the handle for reading one's own write.
 *
 * <p>Given to {@link Copy#read(Object, Receipt, java.time.Duration)}, a receipt makes the read wait for this version or a newer one. To
 * let another service read what was written, send it {@link #text} as a string field of a question or an event.
 *
 * @param item the item's id, {@code owner.name}
 * @param key the record's key in its text form
 * @param version the key's version after this write, from 1
 * @param position where the record stands in the item's log
 * @param durability the level that the write had reached when the receipt was made
 */
public record Receipt(String item, String key, long version, Position position, Durability durability) {
    private static final int LONGEST = 8 * 1024;
    private static final Pattern FORM = Pattern.compile(
            "([a-z][a-z0-9.-]{0,99})@([0-9]{1,9}):([0-9]{1,18}) v([1-9][0-9]{0,17}) (D[0-4]) (.*)", Pattern.DOTALL);

    /** One line that {@link #parse} reads back, such as {@code profile.profile@0:17 v3 D2 17850}; its form stays. */
    public String text() {
        return item + "@" + position + " v" + version + " " + durability + " " + key;
    }

    /**
     * Reads a receipt's text. It proves nothing about who wrote it: a receipt that somebody made up only lets a read wait in vain.
     *
     * @throws FairleadException with {@link ErrorCode#BAD_VALUE} when it is none
     */
    public static Receipt parse(String text) {
        Matcher parts = FORM.matcher(text.length() > LONGEST ? "" : text);
        if (!parts.matches()) {
            throw malformed(text, null);
        }
        try {
            Position position = new Position(Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
            return new Receipt(
                    parts.group(1),
                    parts.group(6),
                    Long.parseLong(parts.group(4)),
                    position,
                    Durability.valueOf(parts.group(5)));
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
    }

    private static FairleadException malformed(String text, @Nullable Throwable cause) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return new FairleadException(
                ErrorCode.BAD_VALUE,
                "not a receipt: '" + shown
                        + "' (wanted what Receipt.text gave, such as profile.profile@0:17 v3 D2 17850)",
                cause);
    }
}
