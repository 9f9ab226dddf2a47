package dev.fairlead.benchmarks;

/** Something to be measured, beside a reference in the same run. */
public interface Benchmark {
    /** What the records are made from. */
    long SEED = 42;

    /** The word by which it is started. */
    String name();

    /** What it measures, in one line. */
    String purpose();

    /** Measures, which takes seconds to minutes and uses the whole machine; files are removed afterwards. */
    Measurements run(Run run) throws Exception;
}
