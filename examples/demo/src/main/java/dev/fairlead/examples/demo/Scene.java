package dev.fairlead.examples.demo;

import java.util.List;

/** What there is to see of a landscape at one moment. */
public interface Scene {
    /** The state of the whole, in lines that are no wider than {@link Display#WIDTH}. */
    List<String> lines(Paint paint);

    /** One for each copy. */
    List<CopyRow> copies();
}
