package dev.fairlead.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How something is told: when it may be handled first, and under which key.
 *
 * @param start when it may be handled first
 * @param key that reaches the handler as {@link Told#key}; a new one when there is none
 */
public record Telling(Start start, Optional<UUID> key) {
    /** When something told may be handled first. */
    public sealed interface Start {
        /** As soon as somebody has room. */
        record Now() implements Start {}

        /** Not before the moment, by the wall clock of the one who keeps it. */
        record NotBefore(Instant moment) implements Start {}

        /** When so much time has passed. */
        record After(Duration delay) implements Start {}
    }

    /** As soon as somebody has room. */
    public static Telling now() {
        return new Telling(new Start.Now(), Optional.empty());
    }

    /** Not before the moment, at most ten years away; at once when it has passed. */
    public static Telling notBefore(Instant moment) {
        return new Telling(new Start.NotBefore(moment), Optional.empty());
    }

    /** When so much time has passed, at most ten years. */
    public static Telling after(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay is not negative: " + delay);
        }
        return new Telling(new Start.After(delay), Optional.empty());
    }

    /**
     * The same under a key of the caller's: whoever tells something again because the outcome was unknown uses the key of the first
     * time, so that the handler can recognise the repetition.
     */
    public Telling withKey(UUID known) {
        return new Telling(start, Optional.of(known));
    }
}
