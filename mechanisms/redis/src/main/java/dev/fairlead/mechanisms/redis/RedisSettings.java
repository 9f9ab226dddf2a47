package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.input.Credentials;
import dev.fairlead.spi.input.Settings;
import dev.fairlead.spi.input.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which server the mechanism uses, and how patient it is.
 *
 * @param host its name or address
 * @param database its number
 * @param tls how connections are encrypted, if they are
 * @param credentials who logs in
 * @param prefix what the names of the keys begin with
 * @param connections how many are open at most, beside the one that listens
 * @param timeout how long one call may take before it fails
 * @param startWait how long a server that is away at the start is waited for
 * @param poll how long a reader that is not woken waits at most before it looks again
 */
record RedisSettings(
        String host,
        int port,
        int database,
        @Nullable Tls tls,
        Credentials credentials,
        String prefix,
        int connections,
        Duration timeout,
        Duration startWait,
        Duration poll) {
    static final List<String> KEYS = List.of(
            "url",
            "user",
            "user-env",
            "password-env",
            "password-file",
            "tls-ca",
            "tls-certificate",
            "tls-key",
            "prefix",
            "connections",
            "timeout",
            "start-wait",
            "poll",
            "replicas"); // which only the planner asks for
    private static final Pattern DATABASE = Pattern.compile("/?|/(\\d{1,5})");
    private static final int PORT = 6379;
    private static final int MOST_CONNECTIONS = 200;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String FORM = "'url' is redis://HOST[:PORT][/DATABASE], or rediss:// for TLS";

    static RedisSettings of(MechanismOpening opening, UnaryOperator<@Nullable String> environment) {
        Settings settings = new Settings(RedisMechanism.NAME, opening.settings());
        if (settings.values().containsKey("password")) {
            throw settings.wrong("a password does not stand in a plan; name the environment variable that holds it in"
                    + " 'password-env', or a file in 'password-file'");
        }
        settings.onlyKnown(KEYS);
        URI url = url(settings);
        return new RedisSettings(
                url.getHost(),
                url.getPort() < 0 ? PORT : url.getPort(),
                database(settings, url.getPath()),
                "rediss".equals(url.getScheme()) ? Tls.of(settings, opening.folder()) : Tls.none(settings, "rediss://"),
                Credentials.of(settings, opening.folder(), environment),
                settings.prefix("fairlead"),
                settings.number("connections", 8, 1, MOST_CONNECTIONS),
                settings.duration("timeout", Duration.ofSeconds(10), SHORTEST, LONGEST),
                settings.duration("start-wait", Duration.ofSeconds(30), SHORTEST, LONGEST),
                settings.duration("poll", Duration.ofSeconds(1), SHORTEST, LONGEST));
    }

    /** The address; it is repeated in no message, because a password may stand in it. */
    private static URI url(Settings settings) {
        String text = settings.text("url", "");
        if (text.isEmpty()) {
            throw settings.wrong("'url' is missing; " + FORM);
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw settings.wrong(FORM);
        }
        if (text.contains("@") || url.getUserInfo() != null || url.getQuery() != null) {
            throw settings.wrong("'url' holds a user, a password or parameters; take them out, and name the environment"
                    + " variables that hold them in 'user-env' and 'password-env'");
        }
        boolean known = "redis".equals(url.getScheme()) || "rediss".equals(url.getScheme());
        if (!known || url.getHost() == null || url.getFragment() != null || url.getPort() == 0) {
            throw settings.wrong(FORM);
        }
        return url;
    }

    private static int database(Settings settings, String path) {
        var matcher = DATABASE.matcher(path);
        if (!matcher.matches()) {
            throw settings.wrong(FORM);
        }
        return matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
    }

    /** The server, for messages. */
    String place() {
        return "redis at " + host + ":" + port;
    }
}
