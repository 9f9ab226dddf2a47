package dev.fairlead.spi.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Origin;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a record or message tells of itself to programs without Fairlead: the attributes of a CloudEvent 1.0, whose data is the payload as it
 * is ("binary mode"). Immutable. Source: <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0.2</a>.
 *
 * @param item the item's id, {@code owner.name}
 * @param type what happened: an event's name, or {@code changed}, {@code told} and the like; travels with the item's id before it
 * @param id names it among those of its item
 * @param version of the key, from 1; 0 where its writer does not number
 * @param epoch of the owner that wrote it; 0 where its writer has none
 * @param time when it happened, null where its writer does not say
 * @param origin of the write; null where it belongs to no trace
 * @param mediaType of the payload; empty where its writer does not say
 */
public record CloudEvent(
        String item,
        String type,
        String id,
        long version,
        long epoch,
        @Nullable Instant time,
        @Nullable Origin origin,
        String mediaType) {
    private static final String SPEC_VERSION = "1.0";
    private static final String SOURCE = "fairlead:";

    /** The id of a key's version: the key with all but letters and digits escaped, a slash, the version. */
    public static String id(byte[] key, long version) {
        return URLEncoder.encode(new String(key, UTF_8), UTF_8) + "/" + version;
    }

    /**
     * The attributes by name, without prefix, all with values of printable text. {@code datacontenttype} is among them, and a
     * protocol that has a place of its own for it puts it there.
     *
     * @param key the record's key, empty for a message
     */
    public Map<String, String> attributes(byte[] key, byte[] payload) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(Attribute.SPEC_VERSION, SPEC_VERSION);
        attributes.put(Attribute.ID, id);
        attributes.put(Attribute.SOURCE, SOURCE + item);
        attributes.put(Attribute.TYPE, item + "." + type);
        if (time != null) {
            attributes.put(Attribute.TIME, time.toString());
        }
        if (payload.length > 0) {
            attributes.put(Attribute.CONTENT_TYPE, mediaType);
        }
        String text = new String(key, UTF_8);
        if (!text.isEmpty() && ForeignHeader.isPrintable(text)) {
            attributes.put(Attribute.KEY, text);
        }
        if (origin != null) {
            attributes.put(Attribute.TRACE, origin.trace().traceparent());
            origin.cause().ifPresent(cause -> attributes.put(Attribute.CAUSE, CauseText.of(cause)));
        }
        if (version > 0) {
            attributes.put(Attribute.VERSION, Long.toString(version));
        }
        if (epoch > 0) {
            attributes.put(Attribute.EPOCH, Long.toString(epoch));
        }
        attributes.put(Attribute.CHECKSUM, HexFormat.of().toHexDigits(checksum(key, payload)));
        return attributes;
    }

    /** CRC-32C over the item's id in UTF-8, the key, the version as eight bytes with the highest first, and the payload. */
    public int checksum(byte[] key, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(item.getBytes(UTF_8));
        crc.update(key);
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, version));
        crc.update(payload);
        return (int) crc.getValue();
    }
}
