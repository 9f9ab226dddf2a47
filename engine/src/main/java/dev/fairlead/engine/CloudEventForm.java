package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How what one item holds shows itself to programs without Fairlead: as CloudEvents, or not at all.
 *
 * @param item the item's id
 * @param envelope what the plan says
 * @param mediaType of the payloads
 */
record CloudEventForm(String item, dev.fairlead.planner.Envelope envelope, String mediaType) {
    /** The type of the record that takes an event's key out of the log. */
    private static final String ERASED = "erased";

    /** What the share's plan says: events are CloudEvents and the rest is packed, unless it says otherwise. */
    static dev.fairlead.planner.Envelope envelope(Share share) {
        dev.fairlead.planner.Envelope said = share.terms().envelope();
        if (said != null) {
            return said;
        }
        return switch (share.kind()) {
            case EVENT -> dev.fairlead.planner.Envelope.CLOUDEVENTS;
            case STATE, REQUEST -> dev.fairlead.planner.Envelope.PACKED;
        };
    }

    /** What becomes of a record that another program wrote where the plan does not let it. */
    static FairleadException refused(String item) {
        return new FairleadException(
                ErrorCode.BAD_VALUE,
                "a record of " + item + " was written by another program, and has no checksum and version of Fairlead's"
                        + " (give the share envelope: cloudevents if other programs may write it)");
    }

    private boolean packed() {
        return envelope == dev.fairlead.planner.Envelope.PACKED;
    }

    @Nullable
    CloudEvent of(Envelope change, byte[] key) {
        if (packed()) {
            return null;
        }
        String type = type(change.kind());
        String id = CloudEvent.id(key, change.version());
        return new CloudEvent(
                item, type, id, change.version(), change.epoch(), change.changed(), change.origin(), mediaType);
    }

    /** What the records of state are called: {@code changed}, {@code retired}, {@code removed}, {@code erased}. */
    static String type(Envelope.Kind kind) {
        return switch (kind) {
            case VALUE -> "changed";
            case RETIRED -> "retired";
            case REMOVAL -> "removed";
            case ERASURE -> ERASED;
        };
    }

    @Nullable
    CloudEvent of(EventEnvelope event, byte[] key) {
        if (packed()) {
            return null;
        }
        String type = event.erases() ? ERASED : event.type();
        String id = CloudEvent.id(key, event.version());
        return new CloudEvent(item, type, id, event.version(), event.epoch(), event.time(), event.origin(), mediaType);
    }

    /** @param verb {@code told} */
    @Nullable
    CloudEvent of(CallHeader question, String verb, Instant now) {
        String id = question.key().toString().toLowerCase(Locale.ROOT);
        return packed() ? null : new CloudEvent(item, verb, id, 0, 0, now, question.origin(), mediaType);
    }
}
