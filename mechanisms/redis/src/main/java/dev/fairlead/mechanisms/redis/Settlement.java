package dev.fairlead.mechanisms.redis;

/**
 * What a receiver does with a message.
 *
 * @param kind as the script knows it
 * @param message the number of the message
 * @param hand the number of the hand-out, which no other has
 * @param detail the moment, or the error
 */
record Settlement(String kind, String message, String hand, String detail) {
    static final String NOW = "0";

    static Settlement acknowledge(Held held) {
        return new Settlement("acknowledge", held.message(), held.hand(), "");
    }

    static Settlement back(Held held, String moment) {
        return new Settlement("back", held.message(), held.hand(), moment);
    }

    static Settlement uncounted(Held held) {
        return new Settlement("uncounted", held.message(), held.hand(), "");
    }

    /** At the end of its receiver, with the attempt counted, and in its old turn. */
    static Settlement release(Held held) {
        return new Settlement("release", held.message(), held.hand(), "");
    }

    static Settlement aside(Held held, String error) {
        return new Settlement("aside", held.message(), held.hand(), error);
    }
}
