package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import java.nio.file.Path;

/** The logs that are measured, by name. */
final class Subjects {
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

    private Subjects() {}

    static Subject file(FileAppender.Force force) {
        return folder -> new FileAppender(folder, force);
    }

    static Subject embedded(Durability durability, Records records) {
        return folder -> new EmbeddedAppender(folder, durability, records);
    }

    static Subject rocks(FileAppender.Force force) {
        return folder -> new RocksAppender(folder, force);
    }

    static Subject h2() {
        return SqlAppender::h2;
    }

    static Subject sqlite(FileAppender.Force force) {
        return folder -> SqlAppender.sqlite(folder, force);
    }
}
