package dev.fairlead.api;

import java.util.UUID;

/** What made somebody write or ask. */
public sealed interface Cause {
    /** The item of the record or question. */
    String item();

    /**
     * A record of a log: an event that was handled, or a change that was heard.
     *
     * @param item the item's id
     * @param position of the record, which with the item names it for ever
     */
    record Written(String item, Position position) implements Cause {
        @Override
        public String toString() {
            return item + "@" + position;
        }
    }

    /**
     * A question that was answered, or something told that was handled.
     *
     * @param item the item's id
     * @param key the same for every attempt of the question, and of no other
     */
    record Question(String item, UUID key) implements Cause {
        @Override
        public String toString() {
            return item + "?" + key;
        }
    }
}
