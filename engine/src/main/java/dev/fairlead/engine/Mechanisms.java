package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.topic.StateOnTopic;
import dev.fairlead.planner.Landscape;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.Table;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The mechanisms that a service uses: those it was given, and those it opens as the landscape says. */
final class Mechanisms implements AutoCloseable {
    private static final Set<Capability> STATE = EnumSet.of(
            Capability.KEY_ORDER,
            Capability.REPLAY,
            Capability.LATEST_PER_KEY,
            Capability.FENCING,
            Capability.HEARTBEAT);

    private static final Set<Capability> EVENTS = EnumSet.of(
            Capability.KEY_ORDER,
            Capability.REPLAY,
            Capability.KEEP_ALL,
            Capability.FENCING,
            Capability.GROUP_POSITIONS);

    private final Map<String, Mechanism> byName = new HashMap<>();
    private final List<Mechanism> opened = new ArrayList<>();
    private final Map<String, String> nameByItem;
    private final Function<String, MechanismOpening> openings;
    private final Predicate<String> isOffered;

    /**
     * @param given instances that stay their giver's to close
     * @param nameByItem which mechanism carries each item
     * @param openings the landscape's settings of each mechanism
     * @param isOffered whether the landscape has a mechanism of this name
     */
    Mechanisms(
            List<Mechanism> given,
            Map<String, String> nameByItem,
            Function<String, MechanismOpening> openings,
            Predicate<String> isOffered) {
        given.forEach(mechanism -> byName.put(mechanism.name(), mechanism));
        this.nameByItem = Map.copyOf(nameByItem);
        this.openings = openings;
        this.isOffered = isOffered;
    }

    /** The mechanism of the item, opened at the first call. */
    synchronized Mechanism of(String item) {
        String name = nameByItem.get(item);
        if (name == null) {
            throw new FairleadException(ErrorCode.PLAN, "no mechanism was decided for " + item);
        }
        return byName.computeIfAbsent(name, this::open);
    }

    /** What the item's owner writes to: its mechanism, or where that has topics and no logs, its store with a relay onto them. */
    Mechanism ofOwner(String item) {
        Mechanism mechanism = of(item);
        return StateOnTopic.isMeantFor(mechanism) ? StateOnTopic.ofOwner(mechanism, store(item, mechanism)) : mechanism;
    }

    /** What copies and lookups of the item read. */
    Mechanism ofReader(String item) {
        Mechanism mechanism = of(item);
        return StateOnTopic.isMeantFor(mechanism) ? StateOnTopic.ofReader(mechanism) : mechanism;
    }

    private synchronized Mechanism store(String item, Mechanism carrier) {
        if (!isOffered.test(Landscape.EMBEDDED)) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    item + " is carried by " + carrier.name()
                            + ", which keeps no history: its owner keeps the history in"
                            + " the mechanism embedded (add `embedded: { data: FOLDER }` to the landscape's mechanisms)");
        }
        return byName.computeIfAbsent(Landscape.EMBEDDED, this::open);
    }

    /** Tells apart where items are carried: equal for openings of the same mechanism with the same settings in one process. */
    synchronized Object place(String item) {
        Mechanism mechanism = of(item);
        if (!opened.contains(mechanism)) {
            return mechanism;
        }
        MechanismOpening opening = openings.apply(mechanism.name());
        return List.of(mechanism.name(), opening.settings(), opening.folder());
    }

    private Mechanism open(String name) {
        MechanismProvider provider = ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        "the mechanism " + name + " is not on the class path (add dev.fairlead:fairlead-" + name
                                + ")"));
        Mechanism mechanism = provider.open(openings.apply(name));
        opened.add(mechanism);
        return mechanism;
    }

    /** The mechanism's log, when it can carry the item. */
    static Log log(Mechanism mechanism, ItemPlan item) {
        return log(mechanism, STATE, "state", item.id());
    }

    /** The mechanism's log, when it can carry the events. */
    static Log log(Mechanism mechanism, EventPlan item) {
        Set<Capability> needed = EnumSet.copyOf(EVENTS);
        if (item.retention() instanceof Retention.KeepFor) {
            needed.add(Capability.KEEP_FOR);
        }
        return log(mechanism, needed, "event", item.id());
    }

    private static Log log(Mechanism mechanism, Set<Capability> needed, String kind, String item) {
        Set<Capability> missing = EnumSet.copyOf(needed);
        missing.removeAll(mechanism.capabilities());
        if (!(mechanism instanceof Log log) || !missing.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "the mechanism " + mechanism.name() + " cannot carry the " + kind + " item " + item + ": it lacks "
                            + missing + " (choose another mechanism for it)");
        }
        return log;
    }

    /** Where the mechanism looks single keys up, if it can. */
    static Optional<Table> table(Mechanism mechanism) {
        return mechanism instanceof Table table && mechanism.capabilities().contains(Capability.LOOKUP)
                ? Optional.of(table)
                : Optional.empty();
    }

    /** How the mechanism carries questions, when it can. */
    static Call call(Mechanism mechanism, String item) {
        if (mechanism instanceof Call call && mechanism.capabilities().contains(Capability.CALL)) {
            return call;
        }
        throw new FairleadException(
                ErrorCode.CAPABILITY,
                "the mechanism " + mechanism.name() + " cannot carry questions to " + item
                        + " (choose another mechanism for it)");
    }

    /** How the mechanism keeps what is told, when it can. */
    static Queue queue(Mechanism mechanism, String item) {
        if (mechanism instanceof Queue queue && mechanism.capabilities().contains(Capability.QUEUE)) {
            return queue;
        }
        throw new FairleadException(
                ErrorCode.CAPABILITY,
                "the mechanism " + mechanism.name() + " cannot keep what is told to " + item
                        + " (choose another mechanism for it)");
    }

    @Override
    public synchronized void close() {
        opened.forEach(Closing::quietly);
        opened.clear();
    }
}
