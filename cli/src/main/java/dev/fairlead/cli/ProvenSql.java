package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.sql.SqlMechanism;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The sql mechanism on tables of its own in a database that others may use too, for one scenario of a proof. */
final class ProvenSql implements MechanismUnderTest {
    static final String NAME = "sql";

    private final Durability durability;
    private final Map<String, String> settings;

    private ProvenSql(Durability durability, Map<String, String> settings) {
        this.durability = durability;
        this.settings = new HashMap<>(settings);
        this.settings.put(
                "prefix",
                "fairlead_prove_"
                        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + "_");
    }

    /** The database of the settings, at the level that it offers as it is set up. */
    static ProofTarget target(Map<String, String> settings) {
        ProvenSql first = new ProvenSql(Durability.D0, settings);
        SqlMechanism asked = first.open(TimeSource.SYSTEM);
        try {
            Durability offered = asked.durability().reaches(Durability.D2) ? Durability.D2 : asked.durability();
            return new ProofTarget(List.of(offered), asked.weakened(), level -> new ProvenSql(level, settings));
        } finally {
            asked.dropTables();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Durability durability() {
        return durability;
    }

    @Override
    public SqlMechanism open(TimeSource time) {
        return SqlMechanism.open(new MechanismOpening(settings, Path.of(""), time));
    }

    @Override
    public void applyRetention(Mechanism mechanism, String log) {
        ((SqlMechanism) mechanism).applyRetention(log);
    }

    @Override
    public void dispose() {
        open(TimeSource.SYSTEM).dropTables();
    }
}
