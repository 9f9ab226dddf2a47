package dev.fairlead.planner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The best that a plan can give as it was decided: nothing that is built on it can be more available, faster, fresher or smaller.
 *
 * @param services by name
 * @param needs in the order of the decisions
 * @param mechanisms by name, only those that carry something
 */
public record Ceilings(Map<String, OfService> services, List<OfNeed> needs, Map<String, OfMechanism> mechanisms) {
    public Ceilings {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        needs = List.copyOf(needs);
        mechanisms = Collections.unmodifiableMap(new LinkedHashMap<>(mechanisms));
    }

    /**
     * One service.
     *
     * @param availability its own times that of all it asks, directly or not, each once; cached answers count where the plan says to serve
     *     them
     * @param declared what the plan promises, if it does
     * @param attainable the most that it could promise if it never failed itself, without cached answers
     * @param asked how many services it asks, directly or not
     * @param slowShare how likely one of the calls for one request of a user is slower than the 99th percentile
     */
    public record OfService(
            double availability, @Nullable Double declared, double attainable, int asked, double slowShare) {}

    /**
     * One need.
     *
     * @param ageSeconds how old what is read may be while all goes well
     * @param meanAgeSeconds for how long, on average, what is read has not been the current value
     * @param freshShare for how much of the time what is read is the current value
     * @param slowShare how likely one of the lookups for one request of a user is slower than the 99th percentile; 0 for a copy
     * @param copy what a copy takes; null where there is none
     */
    public record OfNeed(
            ItemId item,
            String reader,
            double ageSeconds,
            double meanAgeSeconds,
            double freshShare,
            double slowShare,
            @Nullable OfCopy copy) {}

    /**
     * A reader's copy.
     *
     * @param memoryBytes of heap in each instance
     * @param bootstrapSeconds to load it
     * @param logBytes on disk, with all replicas
     */
    public record OfCopy(double memoryBytes, double bootstrapSeconds, double logBytes) {}

    /**
     * What one mechanism carries, with all replicas.
     *
     * @param writtenPerSecond records that owners and askers hand to it
     * @param writtenBytesPerSecond bytes of these, times the replicas
     * @param readPerSecond records that it hands to readers
     * @param readBytesPerSecond bytes of these
     * @param callsPerSecond questions and lookups
     * @param callBytesPerSecond bytes of these
     */
    public record OfMechanism(
            double writtenPerSecond,
            double writtenBytesPerSecond,
            double readPerSecond,
            double readBytesPerSecond,
            double callsPerSecond,
            double callBytesPerSecond) {

        /** Bytes per second in and out. */
        public double bytesPerSecond() {
            return writtenBytesPerSecond + readBytesPerSecond + callBytesPerSecond;
        }
    }
}
