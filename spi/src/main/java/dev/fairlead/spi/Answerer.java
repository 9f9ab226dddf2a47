package dev.fairlead.spi;

/** Answers the questions of one item. */
@FunctionalInterface
public interface Answerer {
    /**
     * The answer to one question; called on a virtual thread of the mechanism's, for up to {@code room} questions at once. It may
     * block. What it throws, and an answer beyond the limits, reaches the asker as a refusal with {@link Answer#FAILED} and without
     * the exception's message.
     */
    Answer answer(Question question);
}
