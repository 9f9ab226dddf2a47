package dev.fairlead.spi.calling;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;

/**
 * What openings tell each other.
 *
 * <p>An asker numbers the questions that it hands over; one that is handed over again gets another number, and no number runs twice.
 */
sealed interface CallMessage {
    /** From an asker to an answerer. */
    sealed interface ToAnswerer extends CallMessage {
        /** Whom it is for. */
        AnswererId to();

        /** The address of the asker. */
        String asker();
    }

    /** From an answerer to an asker. */
    sealed interface ToAsker extends CallMessage {
        /** Whom it is from. */
        AnswererId from();
    }

    /**
     * Run this, if there is room.
     *
     * @param more how many others wait for a place that was promised; 0 when the asker waits for none
     * @param keepNanos how long the asker wants the answer, in real time
     */
    record Ask(AnswererId to, String asker, long number, int more, long keepNanos, Question question)
            implements ToAnswerer {}

    /** Nobody wants the answer to this number any more; if it has not come yet, it must not run. */
    record Forget(AnswererId to, String asker, long number) implements ToAnswerer {}

    /** The asker has no use for the places that it was promised. */
    record Pass(AnswererId to, String asker) implements ToAnswerer {}

    /** The asker wants to know whether the answerer is there; {@link Here} or {@link Gone} follows. */
    record Hello(AnswererId to, String asker) implements ToAnswerer {}

    /** The answerer is there. */
    record Here(AnswererId from) implements ToAsker {}

    /** It ran. */
    record Answered(AnswererId from, long number, Answer answer) implements ToAsker {}

    /** It did not run and will not under this number, because there was no room; {@link Room} follows. */
    record Busy(AnswererId from, long number) implements ToAsker {}

    /** The answerer is closed, and runs nothing that comes from now on; of the number, where there is one, it never did. */
    record Gone(AnswererId from, long number) implements ToAsker {
        /** Not about a question. */
        static final long NONE = 0;
    }

    /** The answerer's opening was closed while this ran. */
    record Abandoned(AnswererId from, long number) implements ToAsker {}

    /** So many places are kept for this asker, for a moment. */
    record Room(AnswererId from, int places) implements ToAsker {}
}
