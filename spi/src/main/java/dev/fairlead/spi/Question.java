package dev.fairlead.spi;

import dev.fairlead.spi.cloudevents.CloudEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked, told through a {@link Queue}, or published on a {@link Topic}. The arrays are not copied: nobody changes them.
 *
 * @param header the packed envelope, at most 4 KiB
 * @param payload the encoded question, at most 1 MiB
 * @param event what it tells to programs without Fairlead; null where only the packed envelope travels, and when it was received
 */
public record Question(
        byte[] header, byte[] payload, @Nullable CloudEvent event) {
    private static final byte[] NO_KEY = {};

    /** The longest header of a question, an answer or a message, in bytes. */
    public static final int MAX_HEADER = 4 * 1024;

    /** The longest payload of a question, an answer or a message, in bytes. */
    public static final int MAX_PAYLOAD = 1024 * 1024;

    /** A question of which only the packed envelope travels. */
    public Question(byte[] header, byte[] payload) {
        this(header, payload, null);
    }

    /** The CloudEvents attributes that are to stand beside the header, in the protocol's own binding; none where only that travels. */
    public Map<String, String> attributes() {
        return event == null ? Map.of() : event.attributes(NO_KEY, payload);
    }

    /** Header and payload together, in bytes. */
    public int size() {
        return header.length + payload.length;
    }
}
