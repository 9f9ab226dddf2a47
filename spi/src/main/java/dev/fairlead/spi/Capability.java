package dev.fairlead.spi;

/**
 * One thing that a mechanism can do.
 *
 * <p>What a mechanism declares, the conformance suite proves; what it does not declare, it refuses with
 * {@link dev.fairlead.api.ErrorCode#CAPABILITY}, and the suite proves that as well.
 */
public enum Capability {
    /** Records of one key are read in the order in which they were appended. */
    KEY_ORDER("keep the order of a key"),
    /** A reader can begin at any retained position, again and again. */
    REPLAY("be read again"),
    /** The offsets of a log begin at 0, and every one of them is a record's; without it some stay empty, and nothing is lost. */
    DENSE_OFFSETS("number its records without a gap"),
    /** A log can be kept for ever. */
    KEEP_ALL("keep all records"),
    /** A log can be kept for a time; what is older goes. */
    KEEP_FOR("keep records for a time"),
    /** A log can keep the latest record of each key, and drop superseded ones. */
    LATEST_PER_KEY("keep the latest record of each key"),
    /** The latest record of a key can be looked up. */
    LOOKUP("look up a key"),
    /** The newest values are found by the texts of fields that the owner declares. */
    FIND("find values by declared fields"),
    /** The content of a key's earlier records can be taken out of a log for good. */
    ERASE("erase a key"),
    /** Questions reach an item's answerers, and each has one outcome. */
    CALL("carry a question and its answer"),
    /** A message reaches every subscription, durable ones also while their reader is away; there is no history. */
    TOPIC("fan out to all subscriptions (topics)"),
    /** Messages are kept until one of the competing receivers has acknowledged them. */
    QUEUE("keep a message until it is handled"),
    /** Messages of a queue can be taken out for good, wherever they are. */
    ERASE_MESSAGES("erase messages, wherever they are"),
    /** A message of a queue can be kept from its receivers until a moment. */
    SCHEDULE("keep a message until a moment"),
    /** A new claim of a log refuses all later appends of an earlier one. */
    FENCING("fence off an earlier owner"),
    /** The beats of a log's writer reach its readers. */
    HEARTBEAT("tell quiet from dead (heartbeats)"),
    /** A reader group's position is kept as durably as the log's records. */
    GROUP_POSITIONS("remember where a reader group is"),
    /** An acknowledged record survives a kill of the process that acknowledged it (D1). */
    SURVIVES_KILL("survive a kill of the process (D1)"),
    /** An acknowledged record survives a power loss of its node (D2). */
    SURVIVES_POWER_LOSS("survive a power loss of its node (D2)");

    private final String words;

    Capability(String words) {
        this.words = words;
    }

    /** The same as the end of a sentence that begins with "it can" or "it cannot". */
    public String words() {
        return words;
    }
}
