package dev.fairlead.spi;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Questions to those who answer for an item. Declared by {@link Capability#CALL}, and without it refused with CAPABILITY.
 *
 * <p>An item's name is its id, {@code [a-z][a-z0-9.-]*}, at most 100 characters. Nothing is stored, and no answer is given twice.
 * Safe for many threads; no call here blocks.
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

    /** The most questions of one item that wait for room; a mechanism may also limit their bytes. */
    int MAX_WAITING = 1024;

    /**
     * Registers an answerer, beside those that the item has. They share the questions in turn, leaving out those without room.
     *
     * @param room how many questions it holds at once, from 1 to {@link #MAX_ROOM}; an answer whose asker is gone keeps its place until
     *     it returns
     * @throws dev.fairlead.api.FairleadException with BAD_VALUE for a wrong name or room
     */
    OpenAnswerer answer(String item, int room, Answerer answerer);

    /**
     * Asks. The future completes with the answer, or fails as follows; on a thread of the mechanism's, so that what depends on it must
     * not block.
     *
     * <ul>
     *   <li>BAD_VALUE, at once: the name is wrong or the question beyond the limits;
     *   <li>UNREACHABLE, at once: nobody answers for the item, or too many questions wait already; later: the last answerer left
     *       while the question waited for room;
     *   <li>DEADLINE: the deadline passed while the question waited for room, or was not positive;
     *   <li>OUTCOME_UNKNOWN: the deadline passed while an answerer held the question, or the mechanism of that answerer was closed.
     *       An answer that comes at the deadline or later is dropped and counted;
     *   <li>CLOSED: this mechanism was closed.
     * </ul>
     *
     * <p>To cancel the future is to give the question up.
     *
     * @param deadline by the mechanism's {@link TimeSource}, counted from this call
     */
    CompletableFuture<Answer> ask(String item, Question question, Duration deadline);
}
