package dev.fairlead.engine;

import java.time.Duration;

/** What plans leave open about what is told, in one place; docs/requests.md tells it to users. */
final class TellRules {
    /** How many things one handler handles at once. */
    static final int ROOM = 128;

    /** How long a lease outlasts the time limit of an attempt: a handler that lives settles each by itself, far within this. */
    static final Duration LEASE_BEYOND_LIMIT = Duration.ofSeconds(30);

    /** How long a handler that is closed waits until what it had in hand is given back. */
    static final Duration CLOSING = Duration.ofSeconds(5);

    private TellRules() {}
}
