package dev.fairlead.mechanisms.redis;

/**
 * What a reader knows of how a log came to be: under which claim it saw the log last, and where it ended then.
 * What other programs add counts when an owner has appended after it.
 *
 * @param epoch of the claim; 0 before the first
 * @param token of the claim, which no other claim has
 * @param end where the owners' records end
 */
record Lineage(long epoch, String token, long end) {
    /** Whether a later look can be one at the same log, without knowing the claims in between. */
    boolean isSameClaim(Lineage later) {
        return epoch == later.epoch && token.equals(later.token);
    }
}
