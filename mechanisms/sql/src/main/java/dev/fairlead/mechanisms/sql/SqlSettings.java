package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.input.Credentials;
import dev.fairlead.spi.input.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which database the mechanism uses, and how patient it is.
 *
 * @param url the JDBC address, without a password
 * @param credentials who logs in
 * @param key what opens the file with the key by which the client shows who it is
 * @param prefix what the names of the tables begin with
 * @param connections how many are open at most
 * @param timeout how long one call may take before it fails
 * @param startWait how long a server that is away at the start is waited for
 * @param poll how long a reader that is not woken waits at most before it looks again
 */
record SqlSettings(
        String url,
        Credentials credentials,
        Credentials key,
        String prefix,
        int connections,
        Duration timeout,
        Duration startWait,
        Duration poll) {
    private static final List<String> KEYS = List.of(
            "url",
            "user",
            "user-env",
            "password-env",
            "password-file",
            "key-password-env",
            "key-password-file",
            "prefix",
            "connections",
            "timeout",
            "start-wait",
            "poll",
            "replicas"); // which only the planner asks for
    private static final Pattern PASSWORD =
            Pattern.compile("(?i)[?&;][^=?&;]*(password|pwd)\\s*=|//[^/?;@]*:[^/?;@]*@");
    private static final int MOST_CONNECTIONS = 200;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    static SqlSettings of(MechanismOpening opening, UnaryOperator<@Nullable String> environment) {
        Map<String, String> values = opening.settings();
        if (values.containsKey("password")) {
            throw wrong("a password does not stand in a plan; name the environment variable that holds it in"
                    + " 'password-env', or a file in 'password-file'");
        }
        Settings settings = new Settings(SqlMechanism.NAME, values);
        settings.onlyKnown(KEYS);
        String url = settings.text(
                "url", "jdbc:h2:file:" + opening.folder().toAbsolutePath().resolve("fairlead-sql"));
        if (PASSWORD.matcher(url).find()) {
            throw wrong("'url' holds a password; take it out, and name the environment variable that holds it in"
                    + " 'password-env', or a file in 'password-file'");
        }
        String prefix = settings.prefix("fairlead_");
        if (prefix.contains("-")) {
            throw wrong("'prefix' is what the names of the tables begin with, and has no '-' in it: " + prefix);
        }
        return new SqlSettings(
                url,
                Credentials.of(settings, opening.folder(), environment),
                Credentials.ofSecret("key-password", settings, opening.folder(), environment),
                prefix,
                settings.number("connections", 8, 1, MOST_CONNECTIONS),
                settings.duration("timeout", Duration.ofSeconds(10), SHORTEST, LONGEST),
                settings.duration("start-wait", Duration.ofSeconds(30), SHORTEST, LONGEST),
                settings.duration("poll", Duration.ofSeconds(1), SHORTEST, LONGEST));
    }

    /** The address without its parameters, for messages. */
    String place() {
        return url.split("[?;]", 2)[0];
    }

    static FairleadException wrong(String what) {
        return new Settings(SqlMechanism.NAME, Map.of()).wrong(what);
    }
}
