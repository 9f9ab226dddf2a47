package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.input.Credentials;
import dev.fairlead.spi.input.Settings;
import dev.fairlead.spi.input.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which broker the mechanism uses, and how patient it is.
 *
 * @param url the broker, as {@code amqp://host:port} or {@code amqps://host:port}
 * @param credentials who logs in, if anybody
 * @param tls how connections are encrypted, where {@code amqps} is spoken
 * @param prefix what the names of the queues begin with
 * @param timeout how long one exchange with the broker may take before it fails
 * @param startWait how long a broker that is away at the start is waited for
 */
record ActivemqSettings(
        Address url, Credentials credentials, @Nullable Tls tls, String prefix, Duration timeout, Duration startWait) {
    private static final List<String> KEYS = List.of(
            "url",
            "user",
            "user-env",
            "password-env",
            "password-file",
            "tls-ca",
            "tls-certificate",
            "tls-key",
            "prefix",
            "timeout",
            "start-wait");
    private static final Pattern URL =
            Pattern.compile("(amqps?)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?/?");
    private static final int PLAIN_PORT = 5672;
    private static final int TLS_PORT = 5671;
    private static final int HIGHEST_PORT = 65535;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Where a broker listens; its text is the url. */
    record Address(boolean tls, String host, int port) {
        @Override
        public String toString() {
            return (tls ? "amqps://" : "amqp://") + host + ":" + port;
        }
    }

    static ActivemqSettings of(MechanismOpening opening, UnaryOperator<@Nullable String> environment) {
        Settings settings = new Settings(ActivemqMechanism.NAME, opening.settings());
        if (settings.values().containsKey("password")) {
            throw settings.wrong("a password does not stand in a plan; name the environment variable that holds it in"
                    + " 'password-env', or a file in 'password-file'");
        }
        settings.onlyKnown(KEYS);
        Address url = address(settings.text("url", "amqp://localhost:" + PLAIN_PORT));
        return new ActivemqSettings(
                url,
                Credentials.of(settings, opening.folder(), environment),
                url.tls() ? Tls.of(settings, opening.folder()) : Tls.none(settings, "amqps://"),
                settings.prefix(""),
                settings.duration("timeout", Duration.ofSeconds(10), SHORTEST, LONGEST),
                settings.duration("start-wait", Duration.ofSeconds(30), SHORTEST, LONGEST));
    }

    /** The text is not repeated: people write passwords into it. */
    private static Address address(String text) {
        Matcher matcher = URL.matcher(text);
        if (!matcher.matches()) {
            throw wrong("'url' is amqp://host:port or amqps://host:port, without a user or a password"
                    + " (these stand in 'user-env' and 'password-env')");
        }
        boolean tls = "amqps".equals(matcher.group(1));
        String port = matcher.group(3);
        int number = port == null ? (tls ? TLS_PORT : PLAIN_PORT) : Integer.parseInt(port);
        if (number < 1 || number > HIGHEST_PORT) {
            throw wrong("'url' has a port from 1 to " + HIGHEST_PORT);
        }
        return new Address(tls, matcher.group(2), number);
    }

    static FairleadException wrong(String what) {
        return new Settings(ActivemqMechanism.NAME, Map.of()).wrong(what);
    }
}
