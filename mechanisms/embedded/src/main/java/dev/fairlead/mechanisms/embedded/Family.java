package dev.fairlead.mechanisms.embedded;

import java.nio.charset.StandardCharsets;

/** The column families. */
enum Family {
    /** RocksDB asks for it; nothing is in it. */
    UNUSED("default"),
    /** Log and first offset to a block of records. */
    BLOCKS("blocks"),
    /** Log and record key to the offset of the key's newest record. */
    LATEST("latest"),
    /** Log and group to the group's position. */
    POSITIONS("positions"),
    /** Log name to what the log is. */
    LOGS("logs"),
    /** Queue name to what the queue is. */
    QUEUES("queues"),
    /** Queue, kind and numbers to what a queue holds: see {@link QueueKeys}. */
    MESSAGES("messages");

    private final String stored;

    Family(String stored) {
        this.stored = stored;
    }

    byte[] bytes() {
        return stored.getBytes(StandardCharsets.UTF_8);
    }
}
