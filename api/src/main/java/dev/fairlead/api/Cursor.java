package dev.fairlead.api;

/**
 * A place between two events of an item's log, from which pages are read in either direction.
 *
 * <p>The text is opaque and can be kept or sent; {@code new Cursor(text)} brings it back. It stays valid while the log does.
 *
 * @param text at most 200 characters; what it says is checked when it is used
 */
public record Cursor(String text) {
    @Override
    public String toString() {
        return text;
    }
}
