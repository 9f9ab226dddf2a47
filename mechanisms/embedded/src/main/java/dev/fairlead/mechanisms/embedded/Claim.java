package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import org.jspecify.annotations.Nullable;

/** One writer's right to a log, and what stopped it. The committer's thread decides; others may look ahead. */
final class Claim {
    private final OpenLog log;
    private final long epoch;
    private volatile @Nullable FairleadException failure;

    Claim(OpenLog log, long epoch) {
        this.log = log;
        this.epoch = epoch;
    }

    OpenLog log() {
        return log;
    }

    long epoch() {
        return epoch;
    }

    /** Refuses when the log was claimed anew. */
    void checkEpoch() {
        if (log.epoch() != epoch) {
            throw new FairleadException(
                    ErrorCode.FENCED,
                    "log " + log.name() + ": epoch " + epoch + " has ended, "
                            + log.row().owner() + " claimed epoch " + log.epoch()
                            + "; stop writing, or claim the log again");
        }
    }

    /** Refuses after a failure. */
    void checkGoing() {
        FairleadException stopped = failure;
        if (stopped != null) {
            throw new FairleadException(
                    stopped.code(),
                    "log " + log.name() + ": the writer stopped at an earlier failure and was not resumed: "
                            + stopped.getMessage(),
                    stopped);
        }
    }

    void stop(FairleadException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    void resume() {
        failure = null;
    }
}
