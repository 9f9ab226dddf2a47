package dev.fairlead.mechanisms.activemq;

/** How far the delivery limit of Artemis lets us go. */
final class ArtemisLimits {
    /** What Artemis does by default: the tenth delivery that fails moves a message to the broker's dead-letter address. */
    static final long USUAL_DELIVERIES = 10;

    /** A message that was delivered so often is written anew, which begins the broker's count again. */
    static final long REWRITTEN_AT = 5;

    /** Enough that a message is written anew before the limit hides it, with room for connections that break over that. */
    static final long FEWEST_DELIVERIES = 8;

    private ArtemisLimits() {}
}
