package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.input.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the embedded mechanism keeps its data, and how safely.
 *
 * @param data the data folder; none when everything is held in memory
 * @param durability the strongest level that a log may ask for; D0 means in memory
 */
public record EmbeddedSettings(@Nullable Path data, Durability durability) {
    private static final List<String> KEYS = List.of("data", "durability");
    private static final String DEFAULT_FOLDER = "fairlead-data";

    public EmbeddedSettings {
        if (durability.compareTo(Durability.D2) > 0) {
            throw wrong(
                    "durability " + durability + " needs several nodes; the embedded mechanism offers D0, D1 and D2");
        }
        if (durability == Durability.D0 && data != null) {
            throw wrong("durability D0 keeps everything in memory; remove 'data', or choose D1 or D2");
        }
        if (durability != Durability.D0 && data == null) {
            throw wrong("durability " + durability + " needs a data folder; set 'data', or choose D0");
        }
    }

    /**
     * Reads the entries {@code data} and {@code durability}; without them it is D2 in the folder {@code fairlead-data}.
     *
     * @throws FairleadException with PLAN when an entry is unknown or wrong
     */
    public static EmbeddedSettings of(MechanismOpening opening) {
        Map<String, String> settings = opening.settings();
        new Settings(EmbeddedMechanism.NAME, settings).onlyKnown(KEYS);
        Durability durability = durability(settings.getOrDefault("durability", "D2"));
        String data = settings.get("data");
        if (data == null && durability == Durability.D0) {
            return new EmbeddedSettings(null, durability);
        }
        return new EmbeddedSettings(folder(opening.folder(), data == null ? DEFAULT_FOLDER : data), durability);
    }

    private static Durability durability(String text) {
        for (Durability level : Durability.values()) {
            if (level.name().equals(text)) {
                return level;
            }
        }
        throw wrong("durability '" + text + "' is not one of D0, D1 and D2");
    }

    private static Path folder(Path base, String text) {
        if (text.isBlank()) {
            throw wrong("'data' is empty; name a folder");
        }
        try {
            return base.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new FairleadException(ErrorCode.PLAN, "mechanism embedded: 'data' is not a path: " + text, e);
        }
    }

    private static FairleadException wrong(String what) {
        return new FairleadException(ErrorCode.PLAN, "mechanism embedded: " + what);
    }
}
