package dev.fairlead.telemetry;

/** A piece of work whose time runs. */
@FunctionalInterface
interface Timing {
    void end(String outcome);
}
