package dev.fairlead.engine;

import java.util.List;

/** Where the pump of a group puts the records, in the order of the log. */
@FunctionalInterface
interface Intake {
    void take(List<Taken> records);
}
