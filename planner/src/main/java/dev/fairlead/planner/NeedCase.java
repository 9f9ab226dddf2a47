package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.SearchedField;
import dev.fairlead.planner.formulas.StateNumbers;
import dev.fairlead.spi.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One need on its way to a decision: the facts, and the verdict on them.
 *
 * <p>The gates come first and in their order, then what the plan pins, then the cost. All but the reader's promise of availability is
 * known from the beginning; that depends on how its other needs are decided, and is told later.
 */
final class NeedCase {
    private final Plan plan;
    private final Share share;
    private final Need need;
    private final Need.@Nullable Pin pin;
    private final ServicePlan reader;
    private final Landscape landscape;
    private final Inputs inputs;
    private final List<Field> aboutPersons;
    private final Carriers carriers;
    private final Map<Scenario, List<MechanismAbility>> fitting = new EnumMap<>(Scenario.class);
    private @Nullable NeedCase unpinned;
    private @Nullable Double attainable;
    private @Nullable Optional<Verdict> verdict;

    NeedCase(Plan plan, Share share, Need need, ServicePlan reader, Carriers offered) {
        this(plan, share, need, need.pin(), reader, offered);
    }

    private NeedCase(Plan plan, Share share, Need need, Need.@Nullable Pin pin, ServicePlan reader, Carriers offered) {
        this.plan = plan;
        this.share = share;
        this.need = need;
        this.pin = pin;
        this.reader = reader;
        this.landscape = plan.landscape();
        this.inputs = new Inputs(share, need, reader, landscape);
        this.aboutPersons = share.kind() == ItemKind.STATE
                ? plan.usedFields(need).list().stream()
                        .filter(field -> field.highestClass().reaches(DataClass.PERSONAL))
                        .toList()
                : List.of();
        this.carriers = offered;
    }

    Share share() {
        return share;
    }

    Need need() {
        return need;
    }

    ServicePlan reader() {
        return reader;
    }

    Landscape landscape() {
        return landscape;
    }

    Inputs inputs() {
        return inputs;
    }

    Carriers carriers() {
        return carriers;
    }

    /** The fields about persons that the reader would hold. */
    List<Field> aboutPersons() {
        return aboutPersons;
    }

    /** What the reader could promise at most while it asks, if that is less than it does promise. */
    @Nullable
    Double attainable() {
        return attainable;
    }

    /** Tells the case that the reader's promise of availability cannot be kept as long as it asks. */
    void promiseIsBroken(double most) {
        attainable = most;
        verdict = null;
    }

    /** The same need had the plan pinned nothing. */
    NeedCase unpinned() {
        if (pin == null) {
            return this;
        }
        NeedCase free = unpinned == null ? new NeedCase(plan, share, need, null, reader, carriers) : unpinned;
        if (attainable != null) {
            free.promiseIsBroken(attainable);
        }
        unpinned = free;
        return free;
    }

    /** The mechanisms that can carry it in this scenario, in the landscape's order; only the pinned one if there is a pin. */
    List<MechanismAbility> fitting(Scenario scenario) {
        return fitting.computeIfAbsent(scenario, this::findFitting);
    }

    private List<MechanismAbility> findFitting(Scenario scenario) {
        Demand demand = Demand.of(share, need, scenario);
        String pinned = pin == null ? null : pin.mechanism();
        List<MechanismAbility> found = new ArrayList<>();
        for (MechanismAbility each : carriers.offered()) {
            if ((pinned == null || each.name().equals(pinned)) && demand.isMetBy(each)) {
                found.add(each);
            }
        }
        return List.copyOf(found);
    }

    /** The verdict; empty when no mechanism can carry it. */
    Optional<Verdict> verdict() {
        Optional<Verdict> found = verdict == null ? findVerdict() : verdict;
        verdict = found;
        return found;
    }

    private Optional<Verdict> findVerdict() {
        if (pin != null && pin.scenario() != null) {
            return fitting(pin.scenario()).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Verdict(pin.scenario(), Ground.PINNED));
        }
        return judged(inputs.numbers());
    }

    /** The verdict on these numbers, had the plan pinned no scenario. */
    Optional<Verdict> judged(StateNumbers numbers) {
        Verdict wanted = wanted(numbers);
        if (!fitting(wanted.scenario()).isEmpty()) {
            return Optional.of(wanted);
        }
        Scenario other = other(wanted.scenario());
        boolean isLeftOpen = share.kind() == ItemKind.STATE && wanted.ground() != Ground.CURRENT_VALUE;
        return isLeftOpen && !fitting(other).isEmpty()
                ? Optional.of(new Verdict(other, Ground.ONLY_WAY))
                : Optional.empty();
    }

    /** What the gates and the cost want, whether or not a mechanism can do it. */
    Verdict wanted(StateNumbers numbers) {
        return switch (share.kind()) {
            case EVENT -> new Verdict(Scenario.EVENTS, Ground.EVERY_CHANGE);
            case REQUEST -> new Verdict(Scenario.REQUEST, Ground.KIND);
            case STATE -> wantedOfState(numbers);
        };
    }

    private Verdict wantedOfState(StateNumbers numbers) {
        if (numbers.within() == 0) {
            return new Verdict(Scenario.REQUEST, Ground.CURRENT_VALUE);
        }
        if (cannotErase() && !fitting(Scenario.REQUEST).isEmpty()) {
            return new Verdict(Scenario.REQUEST, Ground.ERASURE);
        }
        return exceedsMemory(numbers) || exceedsBootstrap(numbers)
                ? new Verdict(Scenario.REQUEST, isSearched() ? Ground.SEARCH : Ground.BUDGET)
                : affordable(numbers);
    }

    /** Whether the reader looks values up by more than the key. */
    private boolean isSearched() {
        return !need.load().by().isEmpty();
    }

    /** The mechanisms at which the owner can be asked for all that the reader looks values up by. */
    List<MechanismAbility> finding() {
        boolean isFindable = share.content() instanceof Content.State state
                && state
                        .fields()
                        .only(need.load().by().stream().map(Located::text).collect(Collectors.toSet()))
                        .list()
                        .stream()
                        .allMatch(SearchedField::isSearchable);
        return isSearched() && isFindable
                ? fitting(Scenario.REQUEST).stream()
                        .filter(each -> each.capabilities().contains(Capability.FIND))
                        .toList()
                : List.of();
    }

    boolean isFoundOn(String mechanism) {
        return finding().stream().anyMatch(each -> each.name().equals(mechanism));
    }

    /** The verdict on a copy that fits the budgets, or would fit greater ones. */
    Verdict affordable(StateNumbers numbers) {
        if (isSearched()) {
            return new Verdict(Scenario.FEED, Ground.SEARCH);
        }
        if (need.whenStale() == WhenStale.SERVE) {
            return new Verdict(Scenario.FEED, Ground.OLD_VALUE);
        }
        if (attainable != null) {
            return new Verdict(Scenario.FEED, Ground.PROMISE);
        }
        return new Verdict(numbers.isFeedCheaper() ? Scenario.FEED : Scenario.REQUEST, Ground.COST);
    }

    /** Whether a copy would hold data about persons, and no log that could feed it can erase a key. */
    boolean cannotErase() {
        return !aboutPersons.isEmpty()
                && fitting(Scenario.FEED).stream()
                        .noneMatch(each -> each.capabilities().contains(Capability.ERASE));
    }

    boolean exceedsMemory(StateNumbers numbers) {
        Quantity budget = landscape.budgets().copyMemory();
        return budget != null && numbers.copyBytes() > budget.high();
    }

    boolean exceedsBootstrap(StateNumbers numbers) {
        Duration budget = landscape.budgets().bootstrap();
        return budget != null && numbers.loadingSeconds() > Inputs.seconds(budget);
    }

    /** The way that a state item does not go. */
    static Scenario other(Scenario scenario) {
        return scenario == Scenario.FEED ? Scenario.REQUEST : Scenario.FEED;
    }
}
