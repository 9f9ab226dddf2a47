package dev.fairlead.planner;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to choose from, and the limits.
 *
 * @param mechanisms in the order of the file
 * @param file the file it was read from; null when there is none, and then {@code embedded} is offered
 */
public record Landscape(
        List<MechanismSettings> mechanisms,
        Budgets budgets,
        Calls calls,
        Costs costs,
        @Nullable String file) {

    /** The name of the mechanism that needs no server. */
    public static final String EMBEDDED = "embedded";

    public Landscape {
        mechanisms = List.copyOf(mechanisms);
    }

    /**
     * What copies may take; null where the landscape does not say.
     *
     * @param copyMemory bytes of one copy in one instance
     * @param bootstrap the time in which a copy must be loaded
     */
    public record Budgets(
            @Nullable Quantity copyMemory, @Nullable Duration bootstrap) {}

    /** What a call costs; null where the landscape does not say. */
    public record Calls(
            @Nullable Duration latencyP50,
            @Nullable Duration latencyP99,
            @Nullable Quantity messageOverhead) {}

    /** What a pushed record and a call cost, relative to each other; null where the landscape does not say. */
    public record Costs(@Nullable Quantity push, @Nullable Quantity pull) {}

    /** What holds when there is no landscape file: the embedded mechanism, no budgets. */
    static Landscape unsaid() {
        MechanismSettings embedded =
                new MechanismSettings(EMBEDDED, Map.of(), Carried.EVERYTHING, Place.startOf("landscape.yaml"));
        return new Landscape(
                List.of(embedded), new Budgets(null, null), new Calls(null, null, null), new Costs(null, null), null);
    }

    /** The offered mechanism with this name, if there is one. */
    public Optional<MechanismSettings> mechanism(String name) {
        return mechanisms.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
