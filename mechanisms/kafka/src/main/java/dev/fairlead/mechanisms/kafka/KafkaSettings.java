package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.input.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which brokers the mechanism uses, and how patient it is.
 *
 * @param url the brokers to ask first, as {@code host:port,host:port}
 * @param security how to log in, and over what
 * @param prefix what the names of the topics begin with
 * @param replicas how many replicas a new topic gets; 0 leaves it to the brokers
 * @param timeout how long one call may take before it fails
 * @param startWait how long brokers that are away at the start are waited for
 */
record KafkaSettings(String url, Security security, String prefix, int replicas, Duration timeout, Duration startWait) {
    static final List<String> KEYS = List.of("url", "prefix", "replicas", "timeout", "start-wait");
    private static final Pattern URL =
            Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+:\\d{1,5}(,[A-Za-z0-9.:\\[\\]_-]+:\\d{1,5})*");
    private static final int MOST_REPLICAS = 20;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    static KafkaSettings of(MechanismOpening opening, UnaryOperator<@Nullable String> environment) {
        Settings settings = new Settings(KafkaMechanism.NAME, opening.settings());
        String url = settings.text("url", "localhost:9092");
        if (!URL.matcher(url).matches()) {
            throw wrong("'url' names brokers as host:port,host:port");
        }
        return new KafkaSettings(
                url,
                Security.of(settings, opening.folder(), environment),
                settings.prefix(""),
                settings.number("replicas", 0, 0, MOST_REPLICAS),
                settings.duration("timeout", Duration.ofSeconds(10), SHORTEST, LONGEST),
                settings.duration("start-wait", Duration.ofSeconds(30), SHORTEST, LONGEST));
    }

    static FairleadException wrong(String what) {
        return new Settings(KafkaMechanism.NAME, Map.of()).wrong(what);
    }
}
