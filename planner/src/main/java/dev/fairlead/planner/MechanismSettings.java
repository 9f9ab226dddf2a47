package dev.fairlead.planner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One mechanism that the deployment offers, with its settings as they are written, and what it is kept for. */
public record MechanismSettings(String name, Map<String, String> settings, Carried carried, Place place) {
    public MechanismSettings {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** One setting, or null when it is not there. */
    public @Nullable String setting(String key) {
        return settings.get(key);
    }
}
