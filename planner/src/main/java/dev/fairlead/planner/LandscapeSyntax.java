package dev.fairlead.planner;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.input.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a landscape file: what there is to choose from, and the limits. */
final class LandscapeSyntax {
    /** The mechanisms that a landscape may offer. */
    static final Set<String> MECHANISMS = words("embedded", "kafka", "rabbitmq", "activemq", "sql", "redis", "http");

    private static final Set<String> KNOWN = words("mechanisms", "budgets", "calls", "costs");
    private static final String CARRIES = "carries";
    private static final Set<String> OF_EMBEDDED = words("data", "durability");
    private static final Set<String> OF_SERVERS = words("url", "replicas");
    private static final Set<String> WHEN_AWAY = words("prefix", "timeout", "start-wait");
    private static final Set<String> WHO = words("user", "user-env", "password-env", "password-file");
    private static final Set<String> TLS = words("tls-ca", "tls-certificate", "tls-key");
    private static final Set<String> OF_SQL = together(OF_SERVERS, WHO, WHEN_AWAY, words("connections", "poll"));
    private static final Set<String> OF_REDIS = together(OF_SQL, TLS);
    private static final Set<String> OF_KAFKA = together(OF_SERVERS, WHEN_AWAY);
    private static final Set<String> OF_RABBITMQ =
            together(OF_SERVERS, WHO, TLS, WHEN_AWAY, words("stream-port", "creation-wait"));
    private static final Set<String> OF_ACTIVEMQ = together(words("url"), WHO, TLS, WHEN_AWAY);
    private static final Set<String> OF_HTTP = together(words("url", "key-env", "key-file", "version"), TLS, WHEN_AWAY);
    /** What Kafka's own clients are given; the mechanism knows these names, and refuses a wrong one when it is opened. */
    private static final List<String> PASSED_TO_KAFKA = List.of("security.", "ssl.", "sasl.");

    private final Section section;
    private final String file;

    private LandscapeSyntax(Section section, String file) {
        this.section = section;
        this.file = file;
    }

    static Landscape read(String file, Node root, Findings findings) {
        Section section = Section.of("the landscape", Place.startOf(file), root, KNOWN, findings);
        return new LandscapeSyntax(section, file).read();
    }

    private static Set<String> words(String... words) {
        return new LinkedHashSet<>(List.of(words));
    }

    @SafeVarargs
    private static Set<String> together(Set<String>... parts) {
        Set<String> all = new LinkedHashSet<>();
        for (Set<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    private Landscape read() {
        Section mechanisms = section.names("mechanisms");
        return new Landscape(
                mechanisms == null ? Landscape.unsaid().mechanisms() : mechanisms(mechanisms),
                budgets(section.section("budgets", words("copyMemory", "bootstrap"))),
                calls(section.section("calls", words("latencyP50", "latencyP99", "messageOverhead"))),
                costs(section.section("costs", words("push", "pull"))),
                file);
    }

    private static List<MechanismSettings> mechanisms(Section offered) {
        List<MechanismSettings> mechanisms = new ArrayList<>();
        for (Node.Entry entry : offered.entries()) {
            String name = entry.key().text();
            if (MECHANISMS.contains(name)) {
                mechanisms.add(mechanism(name, entry, offered.findings()));
            } else {
                offered.findings()
                        .error(
                                Rule.UNKNOWN_KEY,
                                entry.key().place(),
                                "unknown mechanism " + Printable.quoted(name) + " (" + Nearest.remedy(name, MECHANISMS)
                                        + ")");
            }
        }
        return mechanisms;
    }

    private static MechanismSettings mechanism(String name, Node.Entry entry, Findings findings) {
        Set<String> known = new LinkedHashSet<>(known(name, entry.value()));
        known.add(CARRIES);
        Section section = Section.of("mechanism `" + name + "`", entry.key().place(), entry.value(), known, findings);
        Map<String, String> settings = new LinkedHashMap<>();
        for (Node.Entry each : section.entries()) {
            boolean isSetting =
                    known.contains(each.key().text()) && !each.key().text().equals(CARRIES);
            String value = isSetting ? section.plainText(each.key().text()) : null;
            if (value != null) {
                settings.put(each.key().text(), value);
            }
        }
        section.positive("replicas", Measure.COUNT);
        ShareSyntax.durability(section, Durability.D2);
        return new MechanismSettings(name, settings, carried(section), section.place());
    }

    private static Carried carried(Section section) {
        Set<String> names = new LinkedHashSet<>();
        for (Located word : section.words(CARRIES)) {
            if (Carried.KINDS.contains(word.text()) || ItemId.find(word.text()) != null) {
                names.add(word.text());
            } else {
                section.findings()
                        .error(
                                Rule.BAD_VALUE,
                                word.place(),
                                Printable.quoted(word.text()) + " is neither a kind nor an item (write "
                                        + String.join(", ", Carried.KINDS) + ", or OWNER.NAME)");
            }
        }
        return new Carried(names);
    }

    private static Set<String> known(String name, Node settings) {
        return switch (name) {
            case Landscape.EMBEDDED -> OF_EMBEDDED;
            case "sql" -> OF_SQL;
            case "kafka" -> ofKafka(settings);
            case "redis" -> OF_REDIS;
            case "rabbitmq" -> OF_RABBITMQ;
            case "activemq" -> OF_ACTIVEMQ;
            case "http" -> OF_HTTP;
            default -> OF_SERVERS;
        };
    }

    private static Set<String> ofKafka(Node settings) {
        Set<String> known = new LinkedHashSet<>(OF_KAFKA);
        if (settings instanceof Node.Mapping mapping) {
            mapping.entries().stream()
                    .map(each -> each.key().text())
                    .filter(key -> PASSED_TO_KAFKA.stream().anyMatch(key::startsWith))
                    .forEach(known::add);
        }
        return known;
    }

    private static Landscape.Budgets budgets(@Nullable Section budgets) {
        return budgets == null
                ? new Landscape.Budgets(null, null)
                : new Landscape.Budgets(
                        budgets.positive("copyMemory", Measure.SIZE), budgets.positiveDuration("bootstrap"));
    }

    private static Landscape.Calls calls(@Nullable Section calls) {
        if (calls == null) {
            return new Landscape.Calls(null, null, null);
        }
        Duration half = calls.positiveDuration("latencyP50");
        Duration nearlyAll = calls.positiveDuration("latencyP99");
        if (half != null && nearlyAll != null && half.compareTo(nearlyAll) > 0) {
            calls.findings()
                    .error(
                            Rule.BAD_QUANTITY,
                            calls.placeOf("latencyP99"),
                            "`latencyP99` is less than `latencyP50`, but 99 of 100 calls cannot be faster than half of them"
                                    + " (exchange them?)");
        }
        return new Landscape.Calls(half, nearlyAll, calls.positive("messageOverhead", Measure.SIZE));
    }

    private static Landscape.Costs costs(@Nullable Section costs) {
        return costs == null
                ? new Landscape.Costs(null, null)
                : new Landscape.Costs(costs.positive("push", Measure.FACTOR), costs.positive("pull", Measure.FACTOR));
    }
}
