package dev.fairlead.api;

import java.time.Duration;
import java.util.UUID;

/** What a handler knows of something told beside its content. */
public interface Told {
    /** The same for every attempt, also after it was sent again from the dead letters; an effect under this key can happen once. */
    UUID key();

    /** From 1; counts each time that a handler began, here or at another instance. */
    int attempt();

    /** How long this attempt may still take; then its thread is interrupted, and the attempt has failed. */
    Duration left();
}
