package dev.fairlead.spi;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a mechanism is opened with.
 *
 * @param settings the mechanism's entries of {@code landscape.yaml}, as text
 * @param folder the folder against which relative paths in the settings are resolved
 * @param time the time that the mechanism goes by
 */
public record MechanismOpening(Map<String, String> settings, Path folder, TimeSource time) {
    public MechanismOpening {
        settings = Map.copyOf(settings);
    }
}
