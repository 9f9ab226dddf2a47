package dev.fairlead.spi;

import dev.fairlead.spi.cloudevents.CloudEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record to be appended. The arrays are not copied: the caller no longer changes them.
 *
 * @param key at most 1 KiB, not empty
 * @param header the packed envelope, at most 4 KiB
 * @param payload the encoded value, at most 1 MiB; empty for a removal
 * @param event what the record tells to programs without Fairlead; null where only the packed envelope travels
 */
public record LogEntry(
        byte[] key, byte[] header, byte[] payload, @Nullable CloudEvent event) {
    /** The longest key, in bytes. */
    public static final int MAX_KEY = 1024;

    /** The longest header, in bytes. */
    public static final int MAX_HEADER = 4 * 1024;

    /** The longest payload, in bytes. */
    public static final int MAX_PAYLOAD = 1024 * 1024;

    /** A record of which only the packed envelope travels. */
    public LogEntry(byte[] key, byte[] header, byte[] payload) {
        this(key, header, payload, null);
    }

    /** The CloudEvents attributes that are to stand beside the header, in the protocol's own binding; none for most records of state. */
    public Map<String, String> attributes() {
        return event == null ? Map.of() : event.attributes(key, payload);
    }

    /** Key, header and payload together, in bytes. */
    public int size() {
        return key.length + header.length + payload.length;
    }
}
