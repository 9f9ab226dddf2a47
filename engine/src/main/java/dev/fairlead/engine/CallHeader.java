package dev.fairlead.engine;

import dev.fairlead.api.Origin;
import java.time.Duration;
import java.util.UUID;

/**
 * What travels with a question beside its content, packed by {@link CallFormat}.
 *
 * @param key the same for every attempt of one question, and of no other
 * @param attempt from 1
 * @param left how long the asker still waited when it sent this
 * @param origin of the question; an answer carries none
 */
record CallHeader(UUID key, int attempt, Duration left, Origin origin) {}
