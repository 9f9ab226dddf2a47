package dev.fairlead.spi.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who logs in to a server, and by what; its text shows neither. */
public final class Credentials {
    private static final long LONGEST = 4096;

    private final @Nullable String user;
    private final @Nullable String password;

    private Credentials(@Nullable String user, @Nullable String password) {
        this.user = user;
        this.password = password;
    }

    /**
     * Reads {@code user} or {@code user-env}, and {@code password-env} or {@code password-file}; fails with PLAN for what cannot be had.
     *
     * @param folder against which the path of a file is resolved
     * @param environment the value of a variable, or null
     */
    public static Credentials of(Settings settings, Path folder, UnaryOperator<@Nullable String> environment) {
        Map<String, String> values = settings.values();
        String user = values.get("user");
        if (values.containsKey("user-env")) {
            user = variable("user-env", settings, environment);
        }
        return new Credentials(user, secret("password", settings, folder, environment));
    }

    /** Only a secret, from {@code NAME-env} or {@code NAME-file}, such as that of a key; as {@link #of} reads the password. */
    public static Credentials ofSecret(
            String name, Settings settings, Path folder, UnaryOperator<@Nullable String> environment) {
        return new Credentials(null, secret(name, settings, folder, environment));
    }

    private static @Nullable String secret(
            String name, Settings settings, Path folder, UnaryOperator<@Nullable String> environment) {
        String inVariable = name + "-env";
        String inFile = name + "-file";
        Map<String, String> values = settings.values();
        if (values.containsKey(inVariable) && values.containsKey(inFile)) {
            throw settings.wrong("'" + inVariable + "' and '" + inFile + "' are both set; keep one");
        }
        if (values.containsKey(inVariable)) {
            return variable(inVariable, settings, environment);
        }
        return values.containsKey(inFile)
                ? file(inFile, settings, folder.resolve(values.getOrDefault(inFile, "")))
                : null;
    }

    private static String variable(String key, Settings settings, UnaryOperator<@Nullable String> environment) {
        String name = settings.text(key, "");
        String value = environment.apply(name);
        if (value == null) {
            throw settings.wrong("'" + key + "' names the environment variable " + name + ", which is not set");
        }
        return value;
    }

    private static String file(String key, Settings settings, Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw settings.wrong("'" + key + "' " + path + " is longer than " + LONGEST + " bytes");
            }
            return Files.readString(path).stripTrailing();
        } catch (IOException e) {
            throw settings.wrong("'" + key + "' " + path + " cannot be read: " + e);
        }
    }

    /** The name, or null when nobody logs in. */
    public @Nullable String user() {
        return user;
    }

    /** The secret itself, or null; it goes to the server only. */
    public @Nullable String password() {
        return password;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials same
                && Objects.equals(user, same.user)
                && Objects.equals(password, same.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, password);
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
