package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.Durability;
import java.util.ArrayList;
import java.util.List;

/**
 * What the brokers' settings let an acknowledgement survive.
 *
 * @param replicas how many brokers keep a record
 * @param inSync how many of them have it before it is acknowledged ({@code min.insync.replicas})
 * @param transactions the same two for the log of transactions, in which a commit stands; the lower one
 * @param unclean whether a replica that lacks records may become the leader
 * @param flushed whether each record is flushed to disk before it is acknowledged ({@code flush.messages} 1)
 */
record ServerLevel(int replicas, int inSync, int transactions, boolean unclean, boolean flushed) {
    /** What is assumed of brokers that do not tell their settings. */
    static final ServerLevel UNKNOWN = new ServerLevel(1, 1, 1, true, false);

    /** The level that an acknowledged record has reached. */
    Durability durability() {
        if (replicated()) {
            return flushed ? Durability.D4 : Durability.D3;
        }
        return flushed ? Durability.D2 : Durability.D1;
    }

    /** The same for a topic of which every record is flushed before it is acknowledged. */
    ServerLevel flushing() {
        return new ServerLevel(replicas, inSync, transactions, unclean, true);
    }

    private boolean replicated() {
        return Math.min(replicas, inSync) >= 2 && transactions >= 2 && !unclean;
    }

    /** The settings that weaken it, each with what would help. */
    List<String> weakened() {
        List<String> weak = new ArrayList<>();
        if (replicas < 2) {
            weak.add("a record is kept by one broker (set 'replicas' to 3)");
        }
        if (inSync < 2) {
            weak.add("min.insync.replicas is 1: one broker's word is enough (set it to 2)");
        }
        if (transactions < 2) {
            weak.add("commits are kept by one broker (set transaction.state.log.replication.factor to 3 and"
                    + " transaction.state.log.min.isr to 2)");
        }
        if (unclean) {
            weak.add(
                    "unclean.leader.election.enable is true, or not known: a leader may lack records (set it to false)");
        }
        if (!flushed) {
            weak.add(
                    "records are acknowledged before they are flushed to disk, but for those of items that ask for D2 or more"
                            + " (log.flush.interval.messages=1 changes it for all, positions of groups included)");
        }
        return weak;
    }
}
