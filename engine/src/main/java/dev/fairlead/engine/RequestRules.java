package dev.fairlead.engine;

import dev.fairlead.planner.Quantity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What plans leave open about requests, in one place; docs/requests.md tells it to users. */
final class RequestRules {
    /** How long an asker waits when the plan gives no deadline. */
    static final Duration DEADLINE = Duration.ofSeconds(1);

    /** How often one question to an idempotent item is asked at most. */
    static final int ATTEMPTS = 3;

    static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    static final double PAUSE_GROWTH = 2;
    static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** By which part a pause is longer or shorter at random. */
    static final double JITTER = 0.5;

    /** Of how many of the last questions the breaker takes the rate of failures, and of how many at least. */
    static final int WINDOW = 50;

    static final int FEWEST = 20;
    static final float BREAKING_PERCENT = 50;

    /** How long an open breaker lets nothing pass, if the deadline is not longer, and how many questions then try first. */
    static final Duration SHORTEST_BREAK = Duration.ofSeconds(1);

    static final int TRIALS = 5;

    /** How many questions one handler takes at once. */
    static final int ROOM = 128;

    /** How much the kept answers of one item and the questions to them may hold, and what each takes beside its bytes. */
    static final long KEPT_BYTES = 16L << 20;

    static final int KEPT_OVERHEAD = 200;

    private static final double READS = 10;
    static final int FEWEST_AT_ONCE = 64;
    static final int MOST_AT_ONCE = 1024;

    /** The headroom over what the declared reads need if each took the whole deadline. */
    private static final double HEADROOM = 2;

    private RequestRules() {}

    /** How many questions of one service to one item may be under way: what it declares to ask within one deadline, twice. */
    static int atOnce(@Nullable Quantity reads, Duration deadline) {
        double perSecond = reads == null ? READS : reads.high();
        double wanted = perSecond * deadline.toNanos() / 1e9 * HEADROOM;
        return (int) Math.max(FEWEST_AT_ONCE, Math.min(MOST_AT_ONCE, Math.ceil(wanted)));
    }

    static Duration breakFor(Duration deadline) {
        return deadline.compareTo(SHORTEST_BREAK) > 0 ? deadline : SHORTEST_BREAK;
    }
}
