package dev.fairlead.engine;

/** Where the pump of a group puts the records, in the order of the log. */
@FunctionalInterface
interface Intake {
    void take(String key, Taken taken);
}
