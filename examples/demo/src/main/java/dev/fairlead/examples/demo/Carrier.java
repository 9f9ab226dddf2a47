package dev.fairlead.examples.demo;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A mechanism that carries items of a demo, as a landscape file offers it.
 *
 * @param name of the mechanism
 * @param settings that it is opened with
 * @param carries what the landscape keeps it for; empty for everything
 */
public record Carrier(String name, Map<String, String> settings, Set<String> carries) {
    static final String EMBEDDED = "embedded";

    private static final String PREFIX = "prefix";
    private static final String DATA = "data";
    private static final String URL = "url";
    private static final String DATABASE_IN_FILES = "jdbc:h2:";

    public Carrier {
        settings = Map.copyOf(settings);
        carries = Set.copyOf(carries);
    }

    /**
     * The same with a place of its own: on a server, other names. What has its data in the folder that it is opened with has a place
     * of its own anyway.
     */
    Carrier apart(String place) {
        return name.equals(EMBEDDED) ? this : with(PREFIX, settings.getOrDefault(PREFIX, "") + place + "_");
    }

    /** Whether it keeps its data in files that one process has open at a time. */
    boolean isInFiles() {
        return name.equals(EMBEDDED) || settings.getOrDefault(URL, "").startsWith(DATABASE_IN_FILES);
    }

    private Carrier with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new Carrier(name, more, carries);
    }

    /**
     * Opens it.
     *
     * @param folder for what it keeps in files
     * @throws FairleadException with PLAN when there is none of that name
     */
    Mechanism open(Path folder, TimeSource time) {
        return provider().open(opening(folder, time));
    }

    /** Fails with PLAN when there is no such mechanism here. */
    void requireKnown() {
        provider();
    }

    /**
     * Takes away what it has made on its server under names of its own; what it has in files goes with their folder, and a server without such
     * names is the run's own.
     */
    void remove(Path folder) {
        if (!name.equals(EMBEDDED) && settings.containsKey(PREFIX)) {
            provider().remove(opening(folder, TimeSource.SYSTEM));
        }
    }

    private MechanismOpening opening(Path folder, TimeSource time) {
        Carrier placed = name.equals(EMBEDDED) && !settings.containsKey(DATA) ? with(DATA, DATA) : this;
        return new MechanismOpening(placed.settings, folder, time);
    }

    private MechanismProvider provider() {
        List<MechanismProvider> known = ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return known.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        "there is no mechanism " + Printed.quoted(name) + " here (use "
                                + known.stream()
                                        .map(MechanismProvider::name)
                                        .sorted()
                                        .collect(Collectors.joining(" or "))
                                + ")"));
    }
}
