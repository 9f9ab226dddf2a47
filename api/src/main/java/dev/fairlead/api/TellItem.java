package dev.fairlead.api;

import java.util.Objects;

/**
 * A handle of a request item that the plan shares with {@code delivery: guaranteed}: what is told is kept until its owner has handled
 * it, and nobody waits for an answer.
 *
 * <p>The question type is a record whose components carry the names of the plan's question fields, all of them on both sides. Handles are
 * checked against the plan when the service opens.
 *
 * @param id {@code owner.name}, as in the plan
 * @param questionType a record
 */
public record TellItem<Q>(String id, Class<Q> questionType) implements Item {
    public TellItem {
        Objects.requireNonNull(id, "id");
        if (!questionType.isRecord()) {
            throw new IllegalArgumentException(
                    "the question type of " + id + " must be a record, but is " + questionType.getName());
        }
    }

    /** Makes a handle. */
    public static <Q> TellItem<Q> of(String id, Class<Q> questionType) {
        return new TellItem<>(id, questionType);
    }
}
