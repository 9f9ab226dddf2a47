package dev.fairlead.mechanisms.http;

import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.Credentials;
import dev.fairlead.spi.input.Settings;
import dev.fairlead.spi.input.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a node.
 *
 * @param url of the node, without a slash at its end
 * @param key what the service proves by who it is: a key or token, as the node's access file knows it
 * @param space the store apart at the node; empty for the node's own
 * @param timeout after which a call that is not answered fails, tried again until then
 * @param version of HTTP: with 1.1 a connection for each call under way, with 2 one for all, where the node offers it
 * @param startWait for how long a node that is away at the start is waited for
 * @param clock that the space goes by, for proofs; null for the node's
 */
record HttpSettings(
        String url,
        @Nullable Tls tls,
        Credentials key,
        String space,
        HttpClient.Version version,
        Duration timeout,
        Duration startWait,
        @Nullable TimeSource clock) {
    static final List<String> KEYS = List.of(
            "url",
            "key-env",
            "key-file",
            "tls-ca",
            "tls-certificate",
            "tls-key",
            "prefix",
            "version",
            "timeout",
            "start-wait",
            "clock");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String FORM = "'url' is http://HOST[:PORT], or https:// for TLS";

    static HttpSettings of(MechanismOpening opening, UnaryOperator<@Nullable String> environment) {
        Settings settings = new Settings(HttpMechanism.NAME, opening.settings());
        if (settings.values().containsKey("key")) {
            throw settings.wrong("a key does not stand in a plan; name the environment variable that holds it in"
                    + " 'key-env', or a file in 'key-file'");
        }
        settings.onlyKnown(KEYS);
        URI url = url(settings);
        return new HttpSettings(
                url.toString(),
                "https".equals(url.getScheme()) ? Tls.of(settings, opening.folder()) : Tls.none(settings, "https://"),
                Credentials.ofSecret("key", settings, opening.folder(), environment),
                settings.prefix(""),
                version(settings),
                settings.duration("timeout", Duration.ofSeconds(10), SHORTEST, LONGEST),
                settings.duration("start-wait", Duration.ofSeconds(30), SHORTEST, LONGEST),
                clock(settings, opening.time()));
    }

    private static @Nullable TimeSource clock(Settings settings, TimeSource ours) {
        return switch (settings.text("clock", "node")) {
            case "node" -> null;
            case "ours" -> {
                if (settings.prefix("").isEmpty()) {
                    throw settings.wrong("'clock' is for a space of its own, which 'prefix' names");
                }
                yield ours.equals(TimeSource.SYSTEM) ? null : ours; // the node has that itself
            }
            default -> throw settings.wrong("'clock' is node or, for proofs, ours");
        };
    }

    private static HttpClient.Version version(Settings settings) {
        return switch (settings.text("version", "1.1")) {
            case "1.1" -> HttpClient.Version.HTTP_1_1;
            case "2" -> HttpClient.Version.HTTP_2;
            default -> throw settings.wrong("'version' is 1.1 or 2");
        };
    }

    /** The address; it is repeated in no message, because a secret may stand in it. */
    private static URI url(Settings settings) {
        String text = settings.text("url", "");
        if (text.isEmpty()) {
            throw settings.wrong("'url' is missing; " + FORM);
        }
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean isKnown = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!isKnown
                    || url.getHost() == null
                    || url.getUserInfo() != null
                    || !url.getPath().isEmpty()
                    || url.getQuery() != null
                    || url.getFragment() != null
                    || url.getPort() == 0) {
                throw settings.wrong(FORM);
            }
            return url;
        } catch (URISyntaxException e) {
            throw settings.wrong(FORM);
        }
    }

    /** The node, for messages. */
    String place() {
        return "the node at " + url;
    }
}
