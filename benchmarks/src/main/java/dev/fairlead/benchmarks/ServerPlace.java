package dev.fairlead.benchmarks;

import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.Credentials;
import dev.fairlead.spi.input.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A place of its own on a server, under a prefix that nobody else has; what the mechanism has made there is taken away at the close.
 *
 * @param provider opens the mechanism
 * @param opening with the prefix in its settings
 */
record ServerPlace(MechanismProvider provider, MechanismOpening opening) implements AutoCloseable {
    static ServerPlace of(String mechanism, Map<String, String> settings, Path folder) {
        MechanismProvider provider = ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(mechanism))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no mechanism " + mechanism + " on the class path"));
        return new ServerPlace(provider, new MechanismOpening(settings, folder, TimeSource.SYSTEM)).another();
    }

    /** Another place on the same server. */
    ServerPlace another() {
        Map<String, String> settings = new HashMap<>(opening.settings());
        settings.put(
                "prefix",
                "bench" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
        return new ServerPlace(provider, new MechanismOpening(settings, opening.folder(), opening.time()));
    }

    Mechanism open() {
        return provider.open(opening);
    }

    String url() {
        return setting("url", "");
    }

    String setting(String key, String otherwise) {
        return opening.settings().getOrDefault(key, otherwise);
    }

    /** A name that a plain client may use there, and takes away itself. */
    String named(String name) {
        return setting("prefix", "") + name;
    }

    Credentials credentials() {
        return Credentials.of(new Settings(provider.name(), opening.settings()), opening.folder(), System::getenv);
    }

    @Override
    public void close() {
        provider.remove(opening);
    }
}
