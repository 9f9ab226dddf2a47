package dev.fairlead.testkit.faults;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.LogEntry;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A fault on the way from a writer to its mechanism. After one that fails, the writer stops until it resumes, as the contract
 * of writers says.
 *
 * @param kind what goes wrong
 * @param which the appends that it may hit
 * @param chance how likely it hits, from 0 to 1
 * @param times how often it hits at most
 */
public record AppendFault(Kind kind, Predicate<List<LogEntry>> which, double chance, long times) {

    /** What goes wrong with an append. */
    public sealed interface Kind {
        /** Nothing is written, and the append fails with this code. */
        record Fail(ErrorCode code) implements Kind {}

        /** Everything is written, and the append fails with OUTCOME_UNKNOWN. */
        record UnknownWritten() implements Kind {}

        /** Nothing is written, and the append fails with OUTCOME_UNKNOWN. */
        record UnknownLost() implements Kind {}

        /** The acknowledgement comes this much later, by the time source of the wrapper. */
        record Delay(Duration by) implements Kind {}
    }

    /** Nothing is written, and the append fails with the code. */
    public static AppendFault fail(ErrorCode code) {
        return of(new Kind.Fail(code));
    }

    /** The append fails with OUTCOME_UNKNOWN, although everything was written. */
    public static AppendFault unknownWritten() {
        return of(new Kind.UnknownWritten());
    }

    /** The append fails with OUTCOME_UNKNOWN, and nothing was written. */
    public static AppendFault unknownLost() {
        return of(new Kind.UnknownLost());
    }

    /** The acknowledgement comes later. */
    public static AppendFault delay(Duration by) {
        return of(new Kind.Delay(by));
    }

    private static AppendFault of(Kind kind) {
        return new AppendFault(kind, entries -> true, 1, Long.MAX_VALUE);
    }

    /** The same fault for these appends alone. */
    public AppendFault of(Predicate<List<LogEntry>> appends) {
        return new AppendFault(kind, appends, chance, times);
    }

    /** The same fault, hitting one in so many by the wrapper's seed. */
    public AppendFault withChance(double likely) {
        return new AppendFault(kind, which, likely, times);
    }

    /** The same fault, at most so often. */
    public AppendFault atMost(long hits) {
        return new AppendFault(kind, which, chance, hits);
    }
}
