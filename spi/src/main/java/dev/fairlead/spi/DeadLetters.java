package dev.fairlead.spi;

import java.util.List;
import java.util.Optional;

/** The messages of one queue that were set aside, the oldest first. Safe for many threads; the calls block until they are durable (D1). */
public interface DeadLetters {
    /** The most dead letters that one call lists or sends again. */
    int MOST = 1000;

    /** The longest reason of a dismissal, in characters. */
    int MAX_REASON = 1000;

    /** Before the first. */
    long START = -1;

    /**
     * Those behind the number, up to so many; fewer when they are large, none only at the end.
     *
     * @param after a number as in {@link DeadLetter}, or {@link #START}
     * @param most from 1 to {@link #MOST}
     */
    List<DeadLetter> list(long after, int most);

    /** The one with the number. */
    Optional<DeadLetter> find(long number);

    /**
     * Puts these back into the queue, in the order of the list, at its end and with no attempt counted: all in one step, each is
     * either in the queue or still a dead letter. Numbers that are not there are left out, so that of two who do it one succeeds.
     *
     * @param numbers at most {@link #MOST}, of 16 MiB in all, else the call fails with BAD_VALUE
     * @return how many were put back
     */
    int redrive(List<Long> numbers);

    /**
     * Drops one for good; the reason is kept.
     *
     * @throws dev.fairlead.api.FairleadException with BAD_VALUE when it is not there, or the reason is blank or longer than
     *     {@link #MAX_REASON}
     */
    void dismiss(long number, String reason);

    /** The newest dismissals, the newest first; at most {@link #MOST} are kept. */
    List<Dismissal> dismissals();
}
