package dev.fairlead.spi;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest record per key of a log.
 *
 * <p>Only a log with retention {@link Retention.LatestPerKey} is looked up in; of any other a lookup is refused with CAPABILITY,
 * so that its writers do not pay for an index that nobody needs. Safe for many threads.
 */
public interface Table {
    /** The newest committed record of the key, a removal included. */
    Optional<LogRecord> latest(String log, byte[] key);

    /**
     * Claims the log as {@link Log#claim} does, for a writer by whose fields values are found.
     *
     * <p>The index belongs to the claim: it is kept with every append of this writer, in one piece with it, and a later claim tells anew which
     * fields there are. A field that the claim before did not have is filled in from the newest records before this returns, so it blocks for
     * long where the log is large; meanwhile the fields that stay are found by. A claim without fields lets all go, {@link Log#claim} included.
     *
     * @throws FairleadException with CAPABILITY when the mechanism cannot
     */
    default LogWriter claim(String log, String owner, SearchedFields fields) {
        throw cannotFind(log);
    }

    /**
     * The newest committed records whose values have all these texts, in the order of their keys' bytes; no removals.
     *
     * <p>One page, which may be shorter than asked for although there is more. What was acknowledged before the call is found as it
     * is; of what changes between two pages, either state. Of a log that nobody has claimed yet, nothing.
     *
     * @param texts by field the whole text, of one field at least
     * @param after the key behind which to begin, null at the beginning
     * @param most how many records, 1 at least
     * @throws FairleadException with CAPABILITY when the mechanism cannot, with BAD_VALUE when there is no field or no record asked for, with
     *     PLAN for a field that the newest claim does not have, with UNREACHABLE for one that is still filled in
     */
    default FoundRecords find(String log, Map<String, String> texts, byte @Nullable [] after, int most) {
        throw cannotFind(log);
    }

    private static FairleadException cannotFind(String log) {
        return new FairleadException(
                ErrorCode.CAPABILITY,
                "the mechanism of log " + log
                        + " finds values by their key only (choose one that finds them by fields)");
    }
}
