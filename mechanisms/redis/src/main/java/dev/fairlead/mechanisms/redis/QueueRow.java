package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;

/** A queue as it is defined. */
record QueueRow(String name, String base, String id, Durability durability) {
    byte[] key() {
        return Words.of(base);
    }

    @Override
    public String toString() {
        return "queue " + name;
    }
}
