package dev.fairlead.api;

/** What an owner does with the questions of a request item. */
@FunctionalInterface
public interface RequestHandler<Q, A> {
    /**
     * The answer to one question.
     *
     * <p>Called on a virtual thread, for several questions at once; it may block. Nothing stops it at the deadline: one that takes longer
     * works for nobody, so a long one looks at {@link Asked#left} between its steps. Questions that it asks on this thread have
     * no later deadline than this one has.
     *
     * <p>The plan may say that the item is idempotent. Then the same question can come again with the same {@link Asked#key}, also
     * while the first run is still going on, or to another instance: the handler must see to it that the effect happens once, for
     * example by a unique key in its database, and give the same answer. Without it each question comes at most once.
     *
     * @throws RequestRefused to refuse, with a code and a message that reach the asker
     * @throws Exception anything else reaches the asker as {@link ErrorCode#FAILED}, without the exception's message
     */
    A answer(Q question, Asked asked) throws Exception;
}
