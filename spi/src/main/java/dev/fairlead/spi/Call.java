package dev.fairlead.spi;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Questions to those who answer for an item. Declared by {@link Capability#CALL}, and without it refused with CAPABILITY.
 *
 * <p>An item's name is its id, {@code [a-z][a-z0-9.-]*}, at most 100 characters. Nothing is stored, and no answer is given twice.
 * Safe for many threads. {@link #ask} does not block; {@link #answer} waits until others can find the answerer, where a server lies between.
 * Such a mechanism is made of {@link dev.fairlead.spi.calling.DistributedCall}.
 *
 * <p>Each question has exactly one outcome, and the outcome tells whether it ran:
 *
 * <ul>
 *   <li>it ran: an {@link Answer};
 *   <li>it never ran and never will: BAD_VALUE, CAPABILITY, UNREACHABLE, DEADLINE;
 *   <li>it may have run, or be running: OUTCOME_UNKNOWN, CLOSED.
 * </ul>
 */
public interface Call {
    /** The most questions that one answerer may hold at once. */
    int MAX_ROOM = 1024;

    /** The most questions of one item that wait for room, in one opening; a mechanism may also limit their bytes. */
    int MAX_WAITING = 1024;

    /**
     * Registers an answerer, beside those that the item has. They share the questions of each opening in turn, leaving out those without
     * room.
     *
     * @param room how many questions it holds at once, from 1 to {@link #MAX_ROOM}; an answer whose asker is gone keeps its place until
     *     it returns
     * @throws dev.fairlead.api.FairleadException with BAD_VALUE for a wrong name or room; with UNREACHABLE when the server is away, and
     *     then nobody answers
     */
    OpenAnswerer answer(String item, int room, Answerer answerer);

    /**
     * Asks. The future completes with the answer, or fails as follows; on a thread of the mechanism's, so that what depends on it must
     * not block.
     *
     * <ul>
     *   <li>BAD_VALUE, at once: the name is wrong or the question beyond the limits;
     *   <li>UNREACHABLE, as soon as the mechanism has looked: nobody answers for the item, too many questions wait already, or the server
     *       is away; later: the last answerer left while the question waited for room;
     *   <li>DEADLINE: the deadline passed while the question waited for room, or was not positive;
     *   <li>OUTCOME_UNKNOWN: the deadline passed while an answerer held the question, or while it was on its way to one that may have no
     *       room; or the mechanism of the answerer was closed, or its process died. An answer that comes at the deadline or later is dropped
     *       and counted;
     *   <li>CLOSED: this mechanism was closed.
     * </ul>
     *
     * <p>To cancel the future is to give the question up.
     *
     * @param deadline by the mechanism's {@link TimeSource}, counted from this call
     */
    CompletableFuture<Answer> ask(String item, Question question, Duration deadline);
}
