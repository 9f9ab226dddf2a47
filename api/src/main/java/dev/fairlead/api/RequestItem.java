package dev.fairlead.api;

import java.util.Objects;

/**
 * A handle of a request item: its id in the plan and the Java types that this service uses for it.
 *
 * <p>Both types are records whose components carry the names of the plan's fields. The question has all of them on both sides; the
 * answer has all on the owner's, and on an asker's those of its {@code uses} or some of these. Handles are checked against the plan
 * when the service opens.
 *
 * @param id {@code owner.name}, as in the plan
 * @param questionType a record
 * @param answerType a record
 */
public record RequestItem<Q, A>(String id, Class<Q> questionType, Class<A> answerType) implements Item {
    public RequestItem {
        Objects.requireNonNull(id, "id");
        checkRecord(id, "question", questionType);
        checkRecord(id, "answer", answerType);
    }

    /** Makes a handle. */
    public static <Q, A> RequestItem<Q, A> of(String id, Class<Q> questionType, Class<A> answerType) {
        return new RequestItem<>(id, questionType, answerType);
    }

    private static void checkRecord(String id, String what, Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(
                    "the " + what + " type of " + id + " must be a record, but is " + type.getName());
        }
    }
}
