package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import java.nio.file.Path;

/** The logs that are measured, by name. */
record Subjects(Records records, FileAppender.Force force) {
    static final String FILE = "plain file";
    static final String EMBEDDED = "fairlead embedded";
    static final String ROCKS = "RocksDB API";
    static final String H2 = "H2";
    static final String SQLITE = "SQLite";

    /** Opens a log in a new folder. */
    @FunctionalInterface
    interface Subject {
        Appender open(Path folder) throws Exception;
    }

    Subject file() {
        return folder -> new FileAppender(folder, force, records);
    }

    Subject embedded() {
        return folder -> open(folder, EmbeddedAppender.Wait.ACKNOWLEDGED);
    }

    Subject embeddedAhead() {
        return folder -> open(folder, EmbeddedAppender.Wait.ADMITTED);
    }

    EmbeddedAppender open(Path folder, EmbeddedAppender.Wait wait) {
        Durability durability = force == FileAppender.Force.EACH_BATCH ? Durability.D2 : Durability.D1;
        return new EmbeddedAppender(folder, durability, wait, records);
    }

    Subject rocks() {
        return folder -> new RocksAppender(folder, force, records);
    }

    Subject h2() {
        return folder -> SqlAppender.h2(folder, force, records);
    }

    Subject sqlite() {
        return folder -> SqlAppender.sqlite(folder, force, records);
    }
}
