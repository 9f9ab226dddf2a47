package dev.fairlead.cli;

import dev.fairlead.spi.Capability;

/** What a capability means, as the end of the question whether a mechanism can do it. */
final class CapabilityWords {
    private CapabilityWords() {}

    static String of(Capability capability) {
        return switch (capability) {
            case KEY_ORDER -> "keep the order of each key";
            case REPLAY -> "be read again from any position";
            case DENSE_OFFSETS -> "number its records without a gap";
            case KEEP_ALL -> "keep everything";
            case KEEP_FOR -> "keep records for a time";
            case LATEST_PER_KEY -> "keep the latest record of each key";
            case LOOKUP -> "look up the latest record of a key";
            case ERASE -> "erase what was written under a key";
            case CALL -> "carry a question and its answer";
            case QUEUE -> "keep a message until one receiver has handled it";
            case SCHEDULE -> "keep a message from its receivers until a moment";
            case FENCING -> "fence off an earlier owner";
            case HEARTBEAT -> "tell quiet from dead (heartbeats)";
            case GROUP_POSITIONS -> "remember where a reader group is";
            case SURVIVES_KILL -> "survive a kill of the process (D1)";
            case SURVIVES_POWER_LOSS -> "survive a power loss of its node (D2)";
        };
    }
}
