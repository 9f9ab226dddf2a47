package dev.fairlead.contracts;

/** Refuses a value that breaks a rule of its type. */
final class Check {
    private Check() {}

    static void that(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
