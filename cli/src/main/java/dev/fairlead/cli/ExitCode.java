package dev.fairlead.cli;

import dev.fairlead.api.FairleadException;

/** What the command's exit codes mean; scripts rely on the numbers. An interrupt ends the process with 130 by itself. */
final class ExitCode {
    /** Fine. */
    static final int FINE = 0;
    /** The verdict is bad, or the command failed by a fault of its own. */
    static final int BAD_VERDICT = 1;
    /** The input or the usage is wrong. */
    static final int WRONG_INPUT = 2;
    /** Something that it needs cannot be reached. */
    static final int UNREACHABLE = 3;

    private ExitCode() {}

    static int of(FairleadException failure) {
        return switch (failure.category()) {
            case CALLER -> WRONG_INPUT;
            case REMOTE -> UNREACHABLE;
            case INTERNAL -> BAD_VERDICT;
        };
    }
}
