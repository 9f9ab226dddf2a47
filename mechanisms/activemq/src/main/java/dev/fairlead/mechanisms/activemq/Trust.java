package dev.fairlead.mechanisms.activemq;

import dev.fairlead.spi.input.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.qpid.protonj2.client.SslOptions;
import org.jspecify.annotations.Nullable;

/** The stores of certificates for TLS; without any, the certificates that Java trusts. Its text shows no password. */
final class Trust {
    private static final String PASSWORD = "-password-env";

    private final @Nullable Store trusted;
    private final @Nullable Store own;

    private record Store(Path path, @Nullable String password) {}

    private Trust(@Nullable Store trusted, @Nullable Store own) {
        this.trusted = trusted;
        this.own = own;
    }

    static Trust of(Settings settings, Path folder, UnaryOperator<@Nullable String> environment) {
        return new Trust(
                store("trust-store", settings, folder, environment), store("key-store", settings, folder, environment));
    }

    private static @Nullable Store store(
            String key, Settings settings, Path folder, UnaryOperator<@Nullable String> environment) {
        String name = settings.values().get(key);
        String variable = settings.values().get(key + PASSWORD);
        if (name == null) {
            if (variable != null) {
                throw settings.wrong("'" + key + PASSWORD + "' is set, but no '" + key + "'");
            }
            return null;
        }
        Path path = folder.resolve(name);
        if (!Files.isReadable(path)) {
            throw settings.wrong("'" + key + "' " + path + " cannot be read");
        }
        String password = variable == null ? null : environment.apply(variable);
        if (variable != null && password == null) {
            throw settings.wrong(
                    "'" + key + PASSWORD + "' names the environment variable " + variable + ", which is not set");
        }
        return new Store(path, password);
    }

    boolean isSet() {
        return trusted != null || own != null;
    }

    /** Tells the client; the host's name is always checked against its certificate. */
    void apply(SslOptions options) {
        options.sslEnabled(true).verifyHost(true).trustAll(false);
        if (trusted != null) {
            options.trustStoreLocation(trusted.path().toString());
            options.trustStorePassword(trusted.password());
        }
        if (own != null) {
            options.keyStoreLocation(own.path().toString());
            options.keyStorePassword(own.password());
        }
    }

    @Override
    public String toString() {
        return "trust";
    }
}
