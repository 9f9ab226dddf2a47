package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.MechanismOpening;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which database the mechanism uses, and how patient it is.
 *
 * @param url the JDBC address, without a password
 * @param credentials who logs in
 * @param tables what the names of the tables begin with
 * @param connections how many are open at most
 * @param timeout how long one call may take before it fails
 * @param startWait how long a server that is away at the start is waited for
 * @param poll how long a reader that is not woken waits at most before it looks again
 */
record SqlSettings(
        String url,
        Credentials credentials,
        String tables,
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
            "tables",
            "connections",
            "timeout",
            "start-wait",
            "poll",
            "replicas"); // which only the planner asks for
    private static final Pattern PASSWORD = Pattern.compile("(?i)[?&;](password|pwd)\\s*=|//[^/?;@]*:[^/?;@]*@");
    private static final Pattern TABLES = Pattern.compile("[a-z][a-z0-9_]{0,29}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|min)");
    private static final int MOST_CONNECTIONS = 200;

    static SqlSettings of(MechanismOpening opening, UnaryOperator<@Nullable String> environment) {
        Map<String, String> settings = opening.settings();
        for (String key : settings.keySet()) {
            if (key.equals("password")) {
                throw wrong("a password does not stand in a plan; name the environment variable that holds it in"
                        + " 'password-env', or a file in 'password-file'");
            }
            if (!KEYS.contains(key)) {
                throw wrong("unknown setting '" + key + "'; did you mean '" + Nearest.of(key, KEYS) + "'?");
            }
        }
        String url = settings.getOrDefault(
                "url", "jdbc:h2:file:" + opening.folder().toAbsolutePath().resolve("fairlead-sql"));
        if (PASSWORD.matcher(url).find()) {
            throw wrong("'url' holds a password; take it out, and name the environment variable that holds it in"
                    + " 'password-env', or a file in 'password-file'");
        }
        String tables = settings.getOrDefault("tables", "fairlead_");
        if (!TABLES.matcher(tables).matches()) {
            throw wrong("'tables' is what the names of the tables begin with, [a-z][a-z0-9_]*, at most 30 characters: "
                    + tables);
        }
        return new SqlSettings(
                url,
                Credentials.of(settings, opening.folder(), environment),
                tables,
                connections(settings.getOrDefault("connections", "8")),
                duration("timeout", settings.getOrDefault("timeout", "10s")),
                duration("start-wait", settings.getOrDefault("start-wait", "30s")),
                duration("poll", settings.getOrDefault("poll", "1s")));
    }

    private static int connections(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST_CONNECTIONS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as any other wrong number.
        }
        throw wrong("'connections' is a number from 1 to " + MOST_CONNECTIONS + ", not '" + text + "'");
    }

    private static Duration duration(String key, String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw wrong("'" + key + "' is a time such as 500ms, 10s or 2min, not '" + text + "'");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration time = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
        if (time.isZero() || time.compareTo(Duration.ofHours(1)) > 0) {
            throw wrong("'" + key + "' is more than nothing and at most 60min, not '" + text + "'");
        }
        return time;
    }

    /** The address without its parameters, for messages. */
    String place() {
        return url.split("[?;]", 2)[0];
    }

    static FairleadException wrong(String what) {
        return new FairleadException(ErrorCode.PLAN, "mechanism sql: " + what);
    }
}
