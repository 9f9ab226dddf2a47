package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.input.Settings;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which RabbitMQ the mechanism uses, and how patient it is.
 *
 * @param prefix what the names of streams, queues and exchanges begin with
 * @param replicas how many nodes keep a new stream or queue; 0 leaves it to the server
 * @param timeout how long one call may take before it fails
 * @param startWait how long a server that is away at the start is waited for
 * @param creationWait how long a server of version 3 must have run on before a new queue counts as one that a kill leaves; nothing for no wait
 */
record RabbitSettings(
        Address address,
        Access access,
        String prefix,
        int replicas,
        Duration timeout,
        Duration startWait,
        Duration creationWait) {
    /** More than four times what a server needs that has nothing else to do. */
    static final Duration CREATION_WAIT = Duration.ofSeconds(4);

    static final List<String> TLS = List.of("tls-ca", "tls-certificate", "tls-key");
    private static final List<String> KEYS = List.of(
            "url",
            "stream-port",
            "user",
            "user-env",
            "password-env",
            "password-file",
            "tls-ca",
            "tls-certificate",
            "tls-key",
            "prefix",
            "replicas",
            "timeout",
            "start-wait",
            "creation-wait");
    private static final int MOST_REPLICAS = 9;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    static RabbitSettings of(MechanismOpening opening, UnaryOperator<@Nullable String> environment) {
        Settings settings = new Settings(RabbitMechanism.NAME, opening.settings());
        if (settings.values().containsKey("password")) {
            throw settings.wrong("a password does not stand in a plan; name the environment variable that holds it in"
                    + " 'password-env', or a file in 'password-file'");
        }
        settings.onlyKnown(KEYS);
        Address address = Address.of(settings);
        return new RabbitSettings(
                address,
                Access.of(settings, opening.folder(), address.isSecure(), environment),
                settings.prefix(""),
                settings.number("replicas", 0, 0, MOST_REPLICAS),
                settings.duration("timeout", Duration.ofSeconds(10), SHORTEST, LONGEST),
                settings.duration("start-wait", Duration.ofSeconds(30), SHORTEST, LONGEST),
                settings.duration("creation-wait", CREATION_WAIT, Duration.ZERO, LONGEST));
    }

    /** How long one exchange may take, in milliseconds: short enough that one with a server that is just starting is tried again in time. */
    int exchangeMillis() {
        return Math.clamp(timeout.toMillis() / 2, 100, 5000);
    }
}
