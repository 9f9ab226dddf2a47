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
        if (values.containsKey("password-env") && values.containsKey("password-file")) {
            throw settings.wrong("'password-env' and 'password-file' are both set; keep one");
        }
        String password = null;
        if (values.containsKey("password-env")) {
            password = variable("password-env", settings, environment);
        } else if (values.containsKey("password-file")) {
            password = file(settings, folder.resolve(values.getOrDefault("password-file", "")));
        }
        return new Credentials(user, password);
    }

    private static String variable(String key, Settings settings, UnaryOperator<@Nullable String> environment) {
        String name = settings.text(key, "");
        String value = environment.apply(name);
        if (value == null) {
            throw settings.wrong("'" + key + "' names the environment variable " + name + ", which is not set");
        }
        return value;
    }

    private static String file(Settings settings, Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw settings.wrong("'password-file' " + path + " is longer than " + LONGEST + " bytes");
            }
            return Files.readString(path).stripTrailing();
        } catch (IOException e) {
            throw settings.wrong("'password-file' " + path + " cannot be read: " + e);
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
