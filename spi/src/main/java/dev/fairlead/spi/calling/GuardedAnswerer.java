package dev.fairlead.spi.calling;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.input.CallLimits;

/**
 * An answerer that always answers within the limits: for one that throws or breaks them it says {@link Answer#FAILED}, and nothing of what
 * was thrown.
 */
public final class GuardedAnswerer implements Answerer {
    private static final System.Logger LOG = System.getLogger(GuardedAnswerer.class.getName());
    private static final byte[] NO_HEADER = {};

    private final String item;
    private final Answerer answerer;

    /** A guard of the item's answerer. */
    public GuardedAnswerer(String item, Answerer answerer) {
        this.item = item;
        this.answerer = answerer;
    }

    @Override
    public Answer answer(Question question) {
        try {
            Answer answer = answerer.answer(question);
            return CallLimits.allows(answer) ? answer : failed(" gave an answer beyond the limits");
        } catch (Throwable thrown) {
            LOG.log(System.Logger.Level.WARNING, () -> "the answerer of " + item + " failed", thrown);
            return failed(" failed");
        }
    }

    private Answer failed(String what) {
        return new Answer.Refused(NO_HEADER, Answer.FAILED, "the answerer of " + item + what);
    }
}
