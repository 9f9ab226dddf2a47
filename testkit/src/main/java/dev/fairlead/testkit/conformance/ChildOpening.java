package dev.fairlead.testkit.conformance;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a child process needs to open the data of the mechanism under test.
 *
 * @param provider the name of a {@link dev.fairlead.spi.MechanismProvider} on this process's class path
 * @param settings the settings to open it with
 * @param folder the folder against which the settings are resolved
 */
public record ChildOpening(String provider, Map<String, String> settings, Path folder) {
    public ChildOpening {
        settings = Map.copyOf(settings);
    }
}
