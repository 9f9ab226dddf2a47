package dev.fairlead.planner;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one need demands of the mechanism that carries it in one scenario. */
record Demand(
        Share share, Set<Capability> capabilities, @Nullable Durability durability) {
    private static final int TOLD = 2;

    static Demand of(Share share, Need need, Scenario scenario) {
        Durability durability = share.terms().durability();
        return switch (scenario) {
            case FEED -> new Demand(share, feed(need), durability);
            case EVENTS ->
                new Demand(
                        share,
                        EnumSet.of(
                                Capability.KEY_ORDER,
                                Capability.REPLAY,
                                share.terms().retention() == null ? Capability.KEEP_ALL : Capability.KEEP_FOR,
                                Capability.FENCING,
                                Capability.GROUP_POSITIONS),
                        durability);
            case REQUEST -> request(share, durability);
        };
    }

    private static Set<Capability> feed(Need need) {
        Set<Capability> feed = EnumSet.of(
                Capability.KEY_ORDER,
                Capability.REPLAY,
                Capability.LATEST_PER_KEY,
                Capability.FENCING,
                Capability.HEARTBEAT);
        if (need.whenStale() == WhenStale.ASK_OWNER) {
            feed.add(Capability.LOOKUP);
        }
        return feed;
    }

    private static Demand request(Share share, @Nullable Durability durability) {
        return switch (share.content()) {
            case Content.Request request
            when request.delivery() == Content.Delivery.GUARANTEED ->
                new Demand(share, EnumSet.of(Capability.QUEUE), durability);
            case Content.Request request -> new Demand(share, EnumSet.of(Capability.CALL), null);
            default -> new Demand(share, EnumSet.of(Capability.LOOKUP), durability);
        };
    }

    boolean isMetBy(MechanismAbility ability) {
        return ability.carried().includes(share)
                && able(ability).containsAll(capabilities)
                && (durability == null || ability.keeps(durability));
    }

    /** What the mechanism can do for the share: the engine carries state over topics and questions, with the owner's own log behind them. */
    private Set<Capability> able(MechanismAbility ability) {
        Set<Capability> declared = ability.capabilities();
        boolean overTopic = share.content() instanceof Content.State
                && declared.containsAll(EnumSet.of(Capability.TOPIC, Capability.CALL));
        if (!overTopic) {
            return declared;
        }
        Set<Capability> able = Topic.state();
        able.addAll(declared);
        return able;
    }

    /** What the mechanism lacks, in words, the two most telling; empty when it lacks nothing. */
    Optional<String> lack(MechanismAbility ability) {
        if (!ability.carried().includes(share)) {
            return Optional.of("is kept for other things (`carries` in the landscape)");
        }
        List<String> lacks = new ArrayList<>();
        if (durability != null && !ability.keeps(durability)) {
            lacks.add("keep what it is given at " + durability + " (at most " + ability.highest() + " here)");
        }
        capabilities.stream()
                .filter(each -> !able(ability).contains(each))
                .sorted(Comparator.comparing(each -> each != Capability.REPLAY))
                .map(Capability::words)
                .forEach(lacks::add);
        return lacks.isEmpty()
                ? Optional.empty()
                : Optional.of("cannot " + lacks.stream().limit(TOLD).collect(Collectors.joining(", nor ")));
    }

    /** What a mechanism must be able to do, in words. */
    String words() {
        String able = capabilities.stream().map(Capability::words).collect(Collectors.joining(", "));
        return durability == null ? able : able + ", and keep what it is given at " + durability;
    }
}
