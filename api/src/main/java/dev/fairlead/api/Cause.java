package dev.fairlead.api;

import java.util.UUID;

/** What made somebody write or ask. It travels in headers, so its item is one that a plan could name. */
public sealed interface Cause {
    /** The item of the record or question: a small letter, then up to 99 small letters, digits, dots and dashes. */
    String item();

    private static void requireId(String item) {
        if (!ItemIds.isId(item)) {
            throw new IllegalArgumentException("the item of a cause is the id of an item, such as checkout.sale, not "
                    + (item.length() > ItemIds.LONGEST ? item.length() + " characters" : item));
        }
    }

    /**
     * A record of a log: an event that was handled, or a change that was heard.
     *
     * @param item the item's id
     * @param position of the record, which with the item names it for ever
     */
    record Written(String item, Position position) implements Cause {
        public Written {
            requireId(item);
        }

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
        public Question {
            requireId(item);
        }

        @Override
        public String toString() {
            return item + "?" + key;
        }
    }
}
