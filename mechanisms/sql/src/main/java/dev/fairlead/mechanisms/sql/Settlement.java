package dev.fairlead.mechanisms.sql;

/** What becomes of one hand-out of a message. */
sealed interface Settlement {
    long id();

    int attempt();

    /** It is done. */
    record Acknowledge(long id, int attempt) implements Settlement {}

    /** It is to be handed out again, after so many nanoseconds. */
    record GiveBack(long id, int attempt, long delay) implements Settlement {}

    /** It becomes a dead letter. */
    record SetAside(long id, int attempt, String error) implements Settlement {}
}
