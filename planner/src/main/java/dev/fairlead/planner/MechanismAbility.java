package dev.fairlead.planner;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a mechanism can do, as the planner reckons with it; a mechanism need not be installed to be planned with.
 *
 * @param capabilities what the mechanism declares, or will declare
 * @param highest the strongest durability of what it keeps
 * @param carried what the landscape keeps it for
 */
public record MechanismAbility(String name, Set<Capability> capabilities, Durability highest, Carried carried) {
    private static final Set<Capability> KAFKA = without(
            Capability.DENSE_OFFSETS, Capability.LOOKUP, Capability.FIND, Capability.ERASE, Capability.ERASE_MESSAGES);
    private static final Set<Capability> ALL_BUT_TOPICS = without(Capability.TOPIC);
    private static final Set<Capability> WITHOUT_FINDING = without(Capability.FIND);
    private static final Set<Capability> RABBITMQ = without(
            Capability.DENSE_OFFSETS,
            Capability.KEEP_FOR,
            Capability.LATEST_PER_KEY,
            Capability.LOOKUP,
            Capability.FIND,
            Capability.ERASE,
            Capability.ERASE_MESSAGES,
            Capability.SURVIVES_POWER_LOSS);
    private static final Set<Capability> ACTIVEMQ = EnumSet.of(
            Capability.TOPIC,
            Capability.QUEUE,
            Capability.SCHEDULE,
            Capability.CALL,
            Capability.SURVIVES_KILL,
            Capability.SURVIVES_POWER_LOSS);

    /** The database that sql takes where the landscape names none; it does not sync what it commits. */
    private static final String H2 = "jdbc:h2:";

    private static final Map<String, MechanismAbility> STATED = Map.of(
            "embedded", new MechanismAbility("embedded", WITHOUT_FINDING, Durability.D2),
            "kafka", new MechanismAbility("kafka", KAFKA, Durability.D2),
            "rabbitmq", new MechanismAbility("rabbitmq", RABBITMQ, Durability.D1),
            "activemq", new MechanismAbility("activemq", ACTIVEMQ, Durability.D2),
            "sql", new MechanismAbility("sql", ALL_BUT_TOPICS, Durability.D2),
            "redis", new MechanismAbility("redis", WITHOUT_FINDING, Durability.D2),
            "http", new MechanismAbility("http", WITHOUT_FINDING, Durability.D2));

    public MechanismAbility {
        capabilities = Set.copyOf(capabilities);
    }

    private MechanismAbility(String name, Set<Capability> capabilities, Durability highest) {
        this(name, capabilities, highest, Carried.EVERYTHING);
    }

    /** What the planner knows of a mechanism of this name before any setting; fails for a name that no landscape may offer. */
    public static MechanismAbility stated(String name) {
        MechanismAbility ability = STATED.get(name);
        if (ability == null) {
            throw new IllegalArgumentException("no landscape can offer " + name);
        }
        return ability;
    }

    /** What an offered mechanism can do with the landscape's settings of it, beside the others: what goes over topics, its owner keeps. */
    static MechanismAbility of(MechanismSettings offered, Landscape landscape) {
        MechanismAbility able = reaching(offered);
        MechanismAbility beside = landscape.mechanism(Landscape.EMBEDDED).isPresent() ? able : able.withoutStore();
        return new MechanismAbility(beside.name(), beside.capabilities(), beside.highest(), offered.carried());
    }

    /** The same in a landscape without {@code embedded}: an owner could not keep there what goes over topics. */
    MechanismAbility withoutStore() {
        Set<Capability> left =
                capabilities.stream().filter(each -> each != Capability.TOPIC).collect(Collectors.toSet());
        return new MechanismAbility(name, left, highest, carried);
    }

    private static MechanismAbility reaching(MechanismSettings offered) {
        MechanismAbility stated = stated(offered.name());
        if (offered.name().equals("sql")
                && offered.settings().getOrDefault("url", H2).startsWith(H2)) {
            return stated.with(Durability.D1);
        }
        String durability = offered.setting("durability");
        if (durability != null) {
            return stated.with(Durability.valueOf(durability));
        }
        boolean isReplicated = !List.of("", "1").contains(offered.settings().getOrDefault("replicas", ""));
        if (!isReplicated) {
            return stated;
        }
        return switch (offered.name()) {
            case "kafka", "rabbitmq" -> stated.with(Durability.D3);
            default -> stated;
        };
    }

    private MechanismAbility with(Durability reached) {
        return new MechanismAbility(name, capabilities, reached, carried);
    }

    /** Whether what it keeps survives all that the level survives; a mechanism that keeps nothing leaves that to the owner's store. */
    boolean keeps(Durability wanted) {
        return highest.reaches(wanted);
    }

    private static Set<Capability> without(Capability first, Capability... others) {
        EnumSet<Capability> able = EnumSet.complementOf(EnumSet.of(first, others));
        able.remove(Capability.TOPIC);
        return able;
    }
}
