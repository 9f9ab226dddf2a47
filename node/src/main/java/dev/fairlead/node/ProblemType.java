package dev.fairlead.node;

/** The kinds of errors that a node answers with, by stable names; each has a section in {@code docs/problems.md}. */
enum ProblemType {
    BAD_REQUEST("bad-request", 400, "The request is malformed"),
    BAD_VALUE("bad-value", 400, "The document does not fit the plan"),
    UNAUTHENTICATED("unauthenticated", 401, "Who calls has to be proved"),
    UNKNOWN_SERVICE("unknown-service", 403, "The plan has no such service"),
    NOT_DECLARED("not-declared", 403, "The plan does not declare this need"),
    NOT_OWNER("not-owner", 403, "Only the owner writes"),
    MISSING_CLAIM("missing-claim", 403, "What proves who calls does not say what is his"),
    NOT_OPERATOR("not-operator", 403, "Only the operator does this"),
    FOREIGN_ORIGIN("foreign-origin", 403, "Pages of other origins may not call this node"),
    NOT_FOUND("not-found", 404, "There is nothing here"),
    NO_VALUE("no-value", 404, "The key has no value"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This cannot be done here"),
    NOT_ACCEPTABLE("not-acceptable", 406, "Only JSON is to be had"),
    TOO_SLOW("too-slow", 408, "The request's body comes too slowly"),
    REFUSED("refused", 409, "The owner's handler refused"),
    CLAIM_OVER("claim-over", 409, "Another writer has claimed the log"),
    NOT_DEFINED("not-defined", 409, "It is not there, or not as it was to be"),
    LEASE_OVER("lease-over", 410, "The lease is over"),
    MUST_REFETCH("must-refetch", 410, "Changes could be missed from here"),
    VERSION_CONFLICT("version-conflict", 412, "Somebody else wrote first"),
    TOO_LARGE("too-large", 413, "The request's body is too large"),
    MEDIA_TYPE("media-type", 415, "The body must be JSON"),
    KEY_REUSED("idempotency-key-reused", 422, "The idempotency key stands for another body"),
    TOO_MANY_CALLS("too-many-calls", 429, "This caller has too much under way"),
    INTERNAL("internal", 500, "A fault of Fairlead's own"),
    DAMAGED("damaged", 500, "Stored data is damaged or missing"),
    FAILED("failed", 502, "The owner's handler failed"),
    CAPABILITY("capability", 501, "The mechanism cannot do this"),
    STALE("stale", 503, "The value is older than the plan allows"),
    NOT_READY("not-ready", 503, "The node is still loading"),
    OVERLOADED("overloaded", 503, "Too much at once"),
    UNREACHABLE("unreachable", 503, "The store cannot be reached"),
    FENCED("fenced", 503, "Another process has taken the item over"),
    CLOSING("closing", 503, "The node is stopping"),
    OUTCOME_UNKNOWN("outcome-unknown", 504, "The write may or may not have happened"),
    DEADLINE("deadline", 504, "It did not come in time"),
    STORAGE_FULL("storage-full", 507, "There is no space left to write");

    private static final String FOLDER = "/problems/";

    private final String id;
    private final int status;
    private final String title;

    ProblemType(String id, int status, String title) {
        this.id = id;
        this.status = status;
        this.title = title;
    }

    String id() {
        return id;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The type as a problem names it, which this node answers with a page. */
    String reference() {
        return FOLDER + id;
    }
}
