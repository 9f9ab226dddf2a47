package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who logs in, and by what; its text shows neither. */
final class Credentials {
    private static final long LONGEST = 4096;

    private final @Nullable String user;
    private final @Nullable String password;

    private Credentials(@Nullable String user, @Nullable String password) {
        this.user = user;
        this.password = password;
    }

    /** Reads {@code user} or {@code user-env}, and {@code password-env} or {@code password-file}. */
    static Credentials of(Map<String, String> settings, Path folder, UnaryOperator<@Nullable String> environment) {
        String user = settings.get("user");
        if (settings.containsKey("user-env")) {
            user = variable("user-env", settings, environment);
        }
        if (settings.containsKey("password-env") && settings.containsKey("password-file")) {
            throw SqlSettings.wrong("'password-env' and 'password-file' are both set; keep one");
        }
        String password = null;
        if (settings.containsKey("password-env")) {
            password = variable("password-env", settings, environment);
        } else if (settings.containsKey("password-file")) {
            password = file(folder.resolve(settings.getOrDefault("password-file", "")));
        }
        return new Credentials(user, password);
    }

    private static String variable(
            String key, Map<String, String> settings, UnaryOperator<@Nullable String> environment) {
        String name = settings.getOrDefault(key, "");
        String value = environment.apply(name);
        if (value == null) {
            throw SqlSettings.wrong("'" + key + "' names the environment variable " + name + ", which is not set");
        }
        return value;
    }

    private static String file(Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw SqlSettings.wrong("'password-file' " + path + " is longer than " + LONGEST + " bytes");
            }
            return Files.readString(path).stripTrailing();
        } catch (IOException e) {
            throw new FairleadException(
                    ErrorCode.PLAN, "mechanism sql: 'password-file' " + path + " cannot be read: " + e, e);
        }
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
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
