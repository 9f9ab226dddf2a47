package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.Map;

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
        return folder -> open(folder, MechanismAppender.Wait.ACKNOWLEDGED);
    }

    Subject embeddedAhead() {
        return folder -> open(folder, MechanismAppender.Wait.ADMITTED);
    }

    MechanismAppender open(Path folder, MechanismAppender.Wait wait) {
        Durability durability = force == FileAppender.Force.EACH_BATCH ? Durability.D2 : Durability.D1;
        Mechanism mechanism = new EmbeddedProvider()
                .open(new MechanismOpening(
                        Map.of("data", "data", "durability", durability.name()), folder, TimeSource.SYSTEM));
        return new MechanismAppender(mechanism, "bench.log", durability, wait, records);
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
