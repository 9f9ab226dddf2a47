package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.StateItem;
import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Landscape;
import dev.fairlead.planner.MechanismSettings;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.WhenStale;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a process does that acts for the owner of items on documents: it writes them, and copies them whole. */
final class DocumentPlans implements ServicePlans {
    static final String HTTP = "http";
    private static final String KEY = "key";
    private static final Duration UNSAID = Duration.ofSeconds(60);

    private final Plan plan;
    private final Decisions decisions;
    private final PlanBinding binding;
    private final ServicePlan service;

    DocumentPlans(Plan plan, Decisions decisions, ServicePlan service) {
        this.plan = plan;
        this.decisions = decisions;
        this.binding = new PlanBinding(plan, decisions, service.name());
        this.service = service;
    }

    @Override
    public ItemPlan owned(StateItem<?, ?> item) {
        Share share = binding.share(item);
        if (!share.id().owner().equals(service.name())) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    service.name() + " does not own " + item.id() + " (only "
                            + share.id().owner() + " may write it)");
        }
        ItemPlan typed = binding.itemPlan(share, PlanBinding.state(share));
        return new ItemPlan(
                typed.id(),
                typed.owner(),
                KEY,
                Set.of(),
                typed.durability(),
                typed.envelope(),
                typed.beat(),
                typed.searched(),
                typed.readers());
    }

    /** A copy for all readers: as fresh as the strictest of them wants it, with all fields. */
    @Override
    public NeedPlan needed(StateItem<?, ?> item) {
        Duration strictest = plan.needsOf(ItemId.of(item.id())).stream()
                .map(Need::within)
                .filter(Objects::nonNull)
                .filter(Duration::isPositive)
                .min(Duration::compareTo)
                .orElse(UNSAID);
        return new NeedPlan(
                owned(item),
                service.name(),
                Optional.empty(),
                strictest,
                WhenStale.SERVE,
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    @Override
    public NeedPlan copied(StateItem<?, ?> item) {
        return needed(item);
    }

    @Override
    public EventPlan events(EventItem<?, ?> item) {
        return EventBinding.owned(service, binding.share(item));
    }

    /** Which mechanism carries each item of the service; what was decided for http is kept here and served. */
    Map<String, String> mechanisms() {
        Map<String, String> byItem = new HashMap<>();
        for (Share share : service.shares()) {
            byItem.put(share.id().toString(), carrier(share.id()));
        }
        return byItem;
    }

    private String carrier(ItemId item) {
        List<String> decided = decisions.of(item).stream()
                .map(Decision::mechanism)
                .filter(mechanism -> !mechanism.equals(HTTP))
                .distinct()
                .toList();
        if (decided.size() > 1) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    item + " is to be carried by " + String.join(" and by ", decided)
                            + ", but an item has one mechanism (pin the same one for all its readers)");
        }
        return decided.isEmpty() ? firstOffered() : decided.getFirst();
    }

    private String firstOffered() {
        return plan.landscape().mechanisms().stream()
                .map(MechanismSettings::name)
                .filter(mechanism -> !mechanism.equals(HTTP))
                .findFirst()
                .orElse(Landscape.EMBEDDED);
    }
}
