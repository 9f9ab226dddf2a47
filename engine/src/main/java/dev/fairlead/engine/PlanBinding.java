package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Item;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.SearchedField;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Landscape;
import dev.fairlead.planner.Located;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Scenario;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.WhenStale;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Binds the handles of one service to the plan. */
final class PlanBinding implements ServicePlans {
    private static final Duration FASTEST_BEAT = Duration.ofMillis(2);
    private static final Duration SLOWEST_BEAT = Duration.ofSeconds(1);
    private static final int BEATS_PER_LIMIT = 4;

    private final Plan plan;
    private final Decisions decisions;
    private final ServicePlan service;

    PlanBinding(Plan plan, String service) {
        this(plan, Decisions.decide(plan), service);
    }

    PlanBinding(Plan plan, Decisions decisions, String service) {
        this.plan = plan;
        this.decisions = decisions;
        this.service = plan.service(service)
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        "the plan has no service " + service + " (known: "
                                + plan.services().stream()
                                        .map(ServicePlan::name)
                                        .collect(Collectors.joining(", "))
                                + ")"));
    }

    /** Fails when the handle fits neither an item that the service owns nor one that it needs. */
    void check(Item item) {
        boolean own = share(item).id().owner().equals(service.name());
        switch (item) {
            case StateItem<?, ?> state when own -> owned(state);
            case StateItem<?, ?> state -> needed(state);
            case EventItem<?, ?> events -> events(events);
            case RequestItem<?, ?> request when own -> answered(request);
            case RequestItem<?, ?> request -> asked(request);
            case TellItem<?> told when own -> handled(told);
            case TellItem<?> told -> told(told);
        }
    }

    /** The request item as its owner answers it; fails when the service does not own it or the handle does not fit. */
    RequestPlan answered(RequestItem<?, ?> item) {
        return new RequestBinding(plan, service).answered(item, share(item));
    }

    /** The request item as the service asks it; fails when it declares no need of it or the handle does not fit. */
    RequestPlan asked(RequestItem<?, ?> item) {
        return new RequestBinding(plan, service).asked(item, share(item));
    }

    /** The item as its owner handles what it is told; fails when the service does not own it or the handle does not fit. */
    TellPlan handled(TellItem<?> item) {
        return new RequestBinding(plan, service).handled(item, share(item));
    }

    /** The item as the service tells it something; fails when it declares no need of it or the handle does not fit. */
    TellPlan told(TellItem<?> item) {
        return new RequestBinding(plan, service).told(item, share(item));
    }

    @Override
    public ItemPlan owned(StateItem<?, ?> item) {
        Share share = share(item);
        if (!share.id().owner().equals(service.name())) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    service.name() + " does not own " + item.id() + " (only "
                            + share.id().owner() + " may write it)");
        }
        Content.State state = state(share);
        HandleCheck.owner(item, state.fields(), state.key());
        return itemPlan(share, state);
    }

    @Override
    public NeedPlan needed(StateItem<?, ?> item) {
        Share share = share(item);
        Need need = service.need(share.id())
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        service.name() + " declares no need of " + item.id()
                                + " (add it to its plan file under needs:)"));
        Content.State state = state(share);
        Set<String> uses = new LinkedHashSet<>(plan.usedFields(need).names());
        HandleCheck.reader(item, state.fields(), uses, state.key());
        Optional<Set<String>> projection =
                uses.containsAll(state.fields().names()) ? Optional.empty() : Optional.of(uses);
        return new NeedPlan(
                itemPlan(share, state),
                service.name(),
                projection,
                within(need),
                whenStale(need),
                Optional.ofNullable(need.within()).filter(Duration::isPositive),
                names(need.load().by()),
                Optional.ofNullable(need.conflate()));
    }

    @Override
    public NeedPlan copied(StateItem<?, ?> item) {
        NeedPlan need = needed(item);
        decisions
                .of(ItemId.of(item.id()), service.name())
                .filter(decision -> decision.scenario() != Scenario.FEED)
                .ifPresent(decision -> {
                    throw new FairleadException(
                            ErrorCode.PLAN,
                            service.name() + " is to ask for " + item.id() + " and not to copy it: "
                                    + decision.grounds().reasons().get(1)
                                    + " (use lookup, or give the need scenario: feed with a because: line; `fairlead plan"
                                    + " DIR --explain " + item.id() + "@" + service.name() + "` tells more)");
                });
        return need;
    }

    @Override
    public EventPlan events(EventItem<?, ?> item) {
        return EventBinding.bind(service, share(item), item);
    }

    Share share(Item item) {
        return Optional.of(item.id())
                .map(ItemId::of)
                .flatMap(plan::item)
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        "the plan has no item " + item.id() + " (known: "
                                + plan.items().stream()
                                        .map(known -> known.id().toString())
                                        .collect(Collectors.joining(", "))
                                + ")"));
    }

    static Content.State state(Share share) {
        if (share.content() instanceof Content.State state) {
            return state;
        }
        throw new FairleadException(
                ErrorCode.HANDLE_MISMATCH,
                share.id() + " is of kind " + share.kind().word() + " in the plan, but the handle is of kind state");
    }

    /** The state item as everybody sees it. */
    ItemPlan itemPlan(Share share, Content.State state) {
        Set<String> optional = state.fields().list().stream()
                .filter(field -> field.type().isOptional())
                .map(Field::name)
                .collect(Collectors.toSet());
        return new ItemPlan(
                share.id().toString(),
                share.id().owner(),
                state.key(),
                optional,
                Optional.ofNullable(share.terms().durability()),
                CloudEventForm.envelope(share),
                beat(share.id()),
                searched(share.id(), state),
                readers(share.id()));
    }

    /** What those search by who ask the owner; others have a copy to search in, and the owner pays for no index of theirs. */
    private List<SearchedField> searched(ItemId item, Content.State state) {
        Set<String> names = decisions.of(item).stream()
                .filter(decision -> decision.scenario() == Scenario.REQUEST)
                .flatMap(decision -> names(decision.need().load().by()).stream())
                .collect(Collectors.toSet());
        return state.fields().only(names).list().stream()
                .filter(SearchedField::isSearchable)
                .map(SearchedField::of)
                .toList();
    }

    private static Set<String> names(List<Located> fields) {
        return fields.stream().map(Located::text).collect(Collectors.toSet());
    }

    private SortedMap<String, Scenario> readers(ItemId item) {
        SortedMap<String, Scenario> readers = new TreeMap<>();
        for (Decision decision : decisions.of(item)) {
            readers.put(decision.reader(), decision.scenario());
        }
        return readers;
    }

    private Duration beat(ItemId item) {
        Duration beat = plan.needsOf(item).stream()
                .map(PlanBinding::within)
                .min(Duration::compareTo)
                .orElse(SLOWEST_BEAT)
                .dividedBy(BEATS_PER_LIMIT);
        if (beat.compareTo(FASTEST_BEAT) < 0) {
            return FASTEST_BEAT;
        }
        return beat.compareTo(SLOWEST_BEAT) > 0 ? SLOWEST_BEAT : beat;
    }

    private static WhenStale whenStale(Need need) {
        WhenStale said = need.whenStale();
        return said == null ? WhenStale.SERVE : said;
    }

    private static Duration within(Need need) {
        Duration said = need.within();
        return said == null ? Duration.ofSeconds(60) : said;
    }

    /** Which mechanism carries each item that the service owns or needs. */
    Map<String, String> mechanisms() {
        Map<String, String> byItem = new HashMap<>();
        for (Decision decision : decisions.list()) {
            byItem.merge(
                    decision.item().toString(),
                    decision.mechanism(),
                    (one, other) -> sameMechanism(decision, one, other));
        }
        for (Share share : service.shares()) {
            byItem.putIfAbsent(share.id().toString(), firstOffered());
        }
        return byItem;
    }

    private String firstOffered() {
        return plan.landscape().mechanisms().isEmpty()
                ? Landscape.EMBEDDED
                : plan.landscape().mechanisms().getFirst().name();
    }

    private static String sameMechanism(Decision decision, String one, String other) {
        if (one.equals(other)) {
            return one;
        }
        throw new FairleadException(
                ErrorCode.CAPABILITY,
                decision.item() + " is to be carried by " + one + " and by " + other
                        + ", but an item has one mechanism (pin the same one for all its readers)");
    }
}
