package dev.fairlead.benchmarks;

/** Is told what is being measured, for people who wait. */
@FunctionalInterface
public interface Progress {
    /** A new step begins. */
    void step(String what);
}
