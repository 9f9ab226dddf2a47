package dev.fairlead.planner.formulas;

import java.util.OptionalDouble;

/**
 * The numbers of one state item and one of its readers, and what a copy and questions cost with them.
 *
 * @param keys how many there are
 * @param size bytes of one value
 * @param changes of all keys, per second
 * @param reads of the whole reading service, per second
 * @param within seconds that a value may be old; so long a looked-up one may be used again
 * @param instances of the reading service, each with a copy of its own
 * @param hot the share of the keys that get the reads
 * @param conflation seconds in which the reader takes at most one change of a key; 0 when it takes all
 */
public record StateNumbers(
        double keys,
        double size,
        double changes,
        double reads,
        double within,
        double instances,
        double hot,
        double conflation,
        Weights weights) {

    /** The hit share of a cache per key that is read at random, {@code h = λT/(1+λT)} with {@code λ = R/(N·H)}. */
    public double hitShare() {
        return Formulas.hitShare(reads / (keys * hot), within);
    }

    /** Calls per second that the reader's cache does not answer. */
    public double calls() {
        return reads * (1 - hitShare());
    }

    /** Bytes per second of these calls. */
    public double callBytes() {
        return calls() * (size + weights.callOverhead());
    }

    /** Changes per second that reach one instance. */
    public double passedChanges() {
        return Formulas.conflated(changes, keys, conflation);
    }

    /** Records per second that reach all instances. */
    public double pushedRecords() {
        return passedChanges() * instances;
    }

    /** Bytes per second of these records. */
    public double pushedBytes() {
        return pushedRecords() * (size + weights.recordOverhead());
    }

    /** What pushing costs, in the landscape's unit. */
    public double pushCost() {
        return pushedRecords() * weights.push();
    }

    /** What asking costs, in the same unit. */
    public double pullCost() {
        return calls() * weights.pull();
    }

    /** Whether a copy costs less than asking; a draw is none. */
    public boolean isFeedCheaper() {
        return pushCost() < pullCost();
    }

    /** How many times as much the dearer way costs; infinite when the other costs nothing, 1 when neither does. */
    public double margin() {
        double less = Math.min(pushCost(), pullCost());
        double more = Math.max(pushCost(), pullCost());
        return more == 0 ? 1 : more / less;
    }

    /** Bytes of heap that the copy takes in each instance. */
    public double copyBytes() {
        return keys * (size * weights.heapFactor() + weights.entryOverhead());
    }

    /** Seconds that the copy takes to load. */
    public double loadingSeconds() {
        return keys * (size + weights.recordOverhead()) / weights.loadingRate();
    }

    /** Whether all keys together change less often than their values are looked at anew: then snapshots would move less. */
    public boolean isSnapshotSmaller() {
        return within > 0 && keys / within < changes;
    }

    /** The value of one number. */
    public double of(Input input) {
        return switch (input) {
            case CHANGES -> changes;
            case READS -> reads;
            case WITHIN -> within;
            case KEYS -> keys;
            case SIZE -> size;
            case INSTANCES -> instances;
            case HOT -> hot;
        };
    }

    /** The same with another value of one number. */
    public StateNumbers with(Input input, double value) {
        return new StateNumbers(
                input == Input.KEYS ? value : keys,
                input == Input.SIZE ? value : size,
                input == Input.CHANGES ? value : changes,
                input == Input.READS ? value : reads,
                input == Input.WITHIN ? value : within,
                input == Input.INSTANCES ? value : instances,
                input == Input.HOT ? value : hot,
                conflation,
                weights);
    }

    /** The value of one number at which a copy and asking cost the same, the others unchanged; empty when there is none that it
     * can have. */
    public OptionalDouble breakEven(Input input) {
        return valid(
                input,
                switch (input) {
                    case CHANGES -> changesFor(pullCost() / weights.push() / instances);
                    case INSTANCES -> pullCost() / weights.push() / passedChanges();
                    case READS -> readsFor(pushCost() / weights.pull());
                    case WITHIN -> (reads / (pushCost() / weights.pull()) - 1) * keys * hot / reads;
                    case KEYS -> conflation > 0 ? Double.NaN : readKeysFor(pushCost() / weights.pull()) / hot;
                    case HOT -> readKeysFor(pushCost() / weights.pull()) / keys;
                    case SIZE -> Double.NaN;
                });
    }

    private static OptionalDouble valid(Input input, double value) {
        boolean isWhole = input == Input.KEYS || input == Input.INSTANCES;
        boolean isPossible =
                Double.isFinite(value) && value > 0 && !(isWhole && value < 1) && !(input == Input.HOT && value > 1);
        return isPossible ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The changes of which so many are passed on. */
    private double changesFor(double passed) {
        return conflation == 0 ? passed : -keys / conflation * Math.log1p(-passed * conflation / keys);
    }

    /** The reads that lead to so many calls: {@code r = R/(1 + R·T/(N·H))} solved for R. */
    private double readsFor(double calls) {
        return calls / (1 - calls * within / (keys * hot));
    }

    /** The number of keys that are read for which there are so many calls: the same solved for {@code N·H}. */
    private double readKeysFor(double calls) {
        return calls * reads * within / (reads - calls);
    }

    /** A number that may be changed to see when the answer changes. */
    public enum Input {
        CHANGES,
        READS,
        WITHIN,
        KEYS,
        SIZE,
        INSTANCES,
        HOT
    }

    /**
     * What one piece costs; the same for all items of a landscape.
     *
     * @param push of one record, relative to {@code pull}
     * @param pull of one call
     * @param recordOverhead bytes around a pushed record
     * @param callOverhead bytes around a call
     * @param heapFactor bytes of heap for one byte of a value
     * @param entryOverhead bytes of heap for each entry of a copy
     * @param loadingRate bytes per second while a copy is loaded
     */
    public record Weights(
            double push,
            double pull,
            double recordOverhead,
            double callOverhead,
            double heapFactor,
            double entryOverhead,
            double loadingRate) {}
}
