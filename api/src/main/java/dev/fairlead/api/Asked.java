package dev.fairlead.api;

import java.time.Duration;
import java.util.UUID;

/** What an owner's handler knows of a question beside its content. */
public interface Asked {
    /** The same for every attempt of one question, and of no other. */
    UUID key();

    /** From 1; higher ones happen for idempotent items only. */
    int attempt();

    /** How long the asker still waits; zero when it does not wait any more. By this side's clock, without the way here. */
    Duration left();
}
