package dev.fairlead.mechanisms.kafka;

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
 * Which brokers the mechanism uses, and how patient it is.
 *
 * @param url the brokers to ask first, as {@code host:port,host:port}
 * @param security how to log in, and over what
 * @param topics what the names of the topics begin with
 * @param replicas how many replicas a new topic gets; 0 leaves it to the brokers
 * @param timeout how long one call may take before it fails
 * @param startWait how long brokers that are away at the start are waited for
 */
record KafkaSettings(String url, Security security, String topics, int replicas, Duration timeout, Duration startWait) {
    static final List<String> KEYS = List.of("url", "topics", "replicas", "timeout", "start-wait");
    private static final Pattern URL =
            Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+:\\d{1,5}(,[A-Za-z0-9.:\\[\\]_-]+:\\d{1,5})*");
    private static final Pattern TOPICS = Pattern.compile("[A-Za-z0-9.-]{0,100}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|min)");
    private static final int MOST_REPLICAS = 20;

    static KafkaSettings of(MechanismOpening opening, UnaryOperator<@Nullable String> environment) {
        Map<String, String> settings = opening.settings();
        String url = settings.getOrDefault("url", "localhost:9092");
        if (!URL.matcher(url).matches()) {
            throw wrong("'url' names brokers as host:port,host:port");
        }
        String topics = settings.getOrDefault("topics", "");
        if (!TOPICS.matcher(topics).matches()) {
            throw wrong("'topics' is what the names of the topics begin with, [A-Za-z0-9.-], at most 100 characters: "
                    + topics);
        }
        return new KafkaSettings(
                url,
                Security.of(settings, opening.folder(), environment),
                topics,
                replicas(settings.getOrDefault("replicas", "0")),
                duration("timeout", settings.getOrDefault("timeout", "10s")),
                duration("start-wait", settings.getOrDefault("start-wait", "30s")));
    }

    private static int replicas(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= MOST_REPLICAS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as any other wrong number.
        }
        throw wrong("'replicas' is a number from 1 to " + MOST_REPLICAS + ", not '" + text + "'");
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
        if (time.toMillis() < 100 || time.compareTo(Duration.ofMinutes(10)) > 0) {
            throw wrong("'" + key + "' is from 100ms to 10min, not '" + text + "'");
        }
        return time;
    }

    static FairleadException wrong(String what) {
        return new FairleadException(ErrorCode.PLAN, "mechanism kafka: " + what);
    }
}
