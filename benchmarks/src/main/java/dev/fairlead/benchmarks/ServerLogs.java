package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;

/** Logs of a mechanism on a server, each new and beside a plain client's. */
record ServerLogs(ServerPlace place, Records records, MechanismAppender.Wait waiting) {
    static final String FAIRLEAD = "fairlead";

    /** Makes the plain client's log under a name that nobody else has. */
    @FunctionalInterface
    interface Plain {
        Appender open(String name) throws Exception;
    }

    /** Each log has a name of its own: an opening begins with an empty one. */
    Subjects.Subject fairlead() {
        return folder -> new MechanismAppender(place.open(), Names.next("bench.log"), Durability.D1, waiting, records);
    }

    Subjects.Subject plain(Plain plain) {
        return folder -> plain.open(place.named(Names.next("_plain_log")));
    }
}
