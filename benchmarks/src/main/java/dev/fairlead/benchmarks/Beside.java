package dev.fairlead.benchmarks;

/** A subject beside its reference. */
record Beside(String reference, String subject) {
    /** Adds the rows of all, and the figures and the bound of the subject. */
    void judge(String figure, Rates rates, double bound, Measurements into) {
        rates.table(reference, into);
        into.figure(figure + ".perSecond", rates.of(subject));
        into.figure(figure + ".referencePerSecond", rates.of(reference));
        into.figure(figure + ".ratioToReference", rates.ratio(subject, reference));
        into.atLeast(figure + ".ratioToReference", rates.ratio(subject, reference), bound);
    }
}
