package dev.fairlead.spi;

/**
 * One thing that a mechanism can do.
 *
 * <p>What a mechanism declares, the conformance suite proves; what it does not declare, it refuses with
 * {@link dev.fairlead.api.ErrorCode#CAPABILITY}, and the suite proves that as well.
 */
public enum Capability {
    /** Records of one key are read in the order in which they were appended. */
    KEY_ORDER,
    /** A reader can begin at any retained position, again and again. */
    REPLAY,
    /** The offsets of a log begin at 0, and every one of them is a record's; without it some stay empty, and nothing is lost. */
    DENSE_OFFSETS,
    /** A log can be kept for ever. */
    KEEP_ALL,
    /** A log can be kept for a time; what is older goes. */
    KEEP_FOR,
    /** A log can keep the latest record of each key, and drop superseded ones. */
    LATEST_PER_KEY,
    /** The latest record of a key can be looked up. */
    LOOKUP,
    /** The content of a key's earlier records can be taken out of a log for good. */
    ERASE,
    /** Questions reach an item's answerers, and each has one outcome. */
    CALL,
    /** Messages are kept until one of the competing receivers has acknowledged them. */
    QUEUE,
    /** Messages of a queue can be taken out for good, wherever they are. */
    ERASE_MESSAGES,
    /** A message of a queue can be kept from its receivers until a moment. */
    SCHEDULE,
    /** A new claim of a log refuses all later appends of an earlier one. */
    FENCING,
    /** The beats of a log's writer reach its readers. */
    HEARTBEAT,
    /** A reader group's position is kept as durably as the log's records. */
    GROUP_POSITIONS,
    /** An acknowledged record survives a kill of the process that acknowledged it (D1). */
    SURVIVES_KILL,
    /** An acknowledged record survives a power loss of its node (D2). */
    SURVIVES_POWER_LOSS
}
