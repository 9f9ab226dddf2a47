package dev.fairlead.node.description;

import dev.fairlead.api.HealthState;
import dev.fairlead.contracts.FieldType.Scalar;
import tools.jackson.databind.node.ObjectNode;

/** A header with a meaning of its own, of calls or of answers. */
enum KnownHeader {
    ETAG("ETag", "The version of the key, quoted: what If-None-Match and If-Match compare."),
    IF_NONE_MATCH(
            "If-None-Match",
            "Of a read: the ETag that is known already, answered with 304. Of a write: `*` for a key that has no value."),
    IF_MATCH("If-Match", "The ETag of the version that is written over; else 412."),
    LAST_MODIFIED("Last-Modified", "When the key was written."),
    CACHE_CONTROL("Cache-Control", "How long the answer may be kept: the reader's `within`."),
    AGE("Age", "How many seconds ago the value was known to be the owner's newest."),
    FAIRLEAD_AGE("Fairlead-Age", "The same exactly, as a duration."),
    HEALTH("Fairlead-Health", "The health of the node's copy."),
    VERSION("Fairlead-Version", "The version of the key."),
    RETIRED("Fairlead-Retired", "Whether the owner has retired the key: nothing new should refer to it."),
    NEXT("Fairlead-Next", "Where the next page begins: give it as `from`."),
    LINK("Link", "Leads to the next page, when there is more: rel=\"next\"."),
    LAST_EVENT_ID("Last-Event-ID", "The id of the last event that came, by which a stream goes on; before `from`."),
    IDEMPOTENCY_KEY(
            "Idempotency-Key", "The same for every attempt: the call then has one outcome, and is not done twice."),
    DEADLINE(
            "Fairlead-Deadline", "How long the answer is waited for, when that is shorter than the plan's: 300ms, 2s."),
    NOT_BEFORE("Fairlead-Not-Before", "Keeps it until this moment."),
    REPEATED("Fairlead-Repeated", "true when this is the outcome of an earlier call with the same Idempotency-Key."),
    RATE_LIMIT("RateLimit", "What is left: of each allowance `r` calls, and more in `t` seconds."),
    RATE_LIMIT_POLICY("RateLimit-Policy", "The allowances: `q` calls in `w` seconds."),
    DEPRECATION("Deprecation", "Since when nothing new should use this: @ and seconds since 1970 (RFC 9745)."),
    SUNSET("Sunset", "From when on this may be gone (RFC 8594)."),
    RETRY_AFTER("Retry-After", "How many seconds to wait."),
    CE_SPECVERSION("ce-specversion", "Of a CloudEvent in binary mode: 1.0."),
    CE_ID("ce-id", "Of a CloudEvent in binary mode: its id."),
    CE_SOURCE("ce-source", "Of a CloudEvent in binary mode: its source."),
    CE_TYPE(
            "ce-type",
            "Of a CloudEvent in binary mode: the event's name, with or without the item's id and a dot before it."),
    CE_PARTITIONKEY("ce-partitionkey", "Of a CloudEvent in binary mode: the event's key."),
    CE_SUBJECT("ce-subject", "Of a CloudEvent in binary mode: the event's key, when there is no partitionkey."),
    CE_TIME("ce-time", "Of a CloudEvent in binary mode: when it happened.");

    private final String text;
    private final String meaning;

    KnownHeader(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    String text() {
        return text;
    }

    String meaning() {
        return meaning;
    }

    ObjectNode schema() {
        return switch (this) {
            case AGE, VERSION, RETRY_AFTER -> Shapes.of(Scalar.INT64);
            case FAIRLEAD_AGE -> Shapes.of(Scalar.DURATION);
            case HEALTH -> Shapes.symbols(HealthState.values());
            case RETIRED -> Shapes.of(Scalar.BOOL);
            case NOT_BEFORE, CE_TIME -> Shapes.of(Scalar.INSTANT);
            default -> Shapes.text();
        };
    }
}
