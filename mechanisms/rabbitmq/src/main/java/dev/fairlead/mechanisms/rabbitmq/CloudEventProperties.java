package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.LongString;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of CloudEvents in AMQP: application properties, or headers, that begin with {@code cloudEvents:}, and the message's own
 * content type. Source: <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/amqp-protocol-binding.md">AMQP
 * Protocol Binding for CloudEvents 1.0.2</a>.
 */
final class CloudEventProperties {
    static final String CONTENT_TYPE = "datacontenttype";
    private static final String PREFIX = "cloudEvents:";
    private static final String OTHER_PREFIX = "cloudEvents_";
    private static final int MOST = 100;

    private CloudEventProperties() {}

    static String name(String attribute) {
        return PREFIX + attribute;
    }

    /** The attributes among the properties; what is no text is passed over. */
    static Map<String, String> read(@Nullable Map<String, Object> properties, @Nullable String contentType) {
        Map<String, String> attributes = new HashMap<>();
        if (properties == null) {
            return attributes;
        }
        properties.forEach((name, value) -> {
            boolean isAttribute = name.startsWith(PREFIX) || name.startsWith(OTHER_PREFIX);
            if (isAttribute && attributes.size() < MOST && (value instanceof String || value instanceof LongString)) {
                attributes.put(name.substring(PREFIX.length()), value.toString());
            }
        });
        if (!attributes.isEmpty() && contentType != null) {
            attributes.put(CONTENT_TYPE, contentType);
        }
        return attributes;
    }
}
