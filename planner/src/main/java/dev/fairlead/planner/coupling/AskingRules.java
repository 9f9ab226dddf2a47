package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Content;
import dev.fairlead.planner.Figures;
import dev.fairlead.planner.Quantity;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.ServicePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What comes of waiting for others: chains, chatter, and services that do nothing but answer. */
final class AskingRules {
    private final Structure structure;
    private final Judgements judgements;

    AskingRules(Structure structure, Judgements judgements) {
        this.structure = structure;
        this.judgements = judgements;
    }

    void check() {
        for (ServicePlan service : structure.services()) {
            chain(service.name());
            chatter(service);
            entity(service);
        }
    }

    /** Told of the service at which the chain begins, and not of each on the way. */
    private void chain(String name) {
        int length = structure.asking().longestFrom(name);
        if (length >= Thresholds.LONG_CHAIN
                && structure.ofOwner(name).stream().noneMatch(each -> each.mode() == Edge.Mode.SYNC)) {
            List<String> path = structure.asking().pathFrom(name);
            judgements.warning(
                    Rule.LONG_SYNC_CHAIN,
                    structure.place(path.get(0), path.get(1)),
                    length + " calls stand behind each other: "
                            + path.stream().map(each -> "`" + each + "`").collect(Collectors.joining(" -> "))
                            + (length >= Thresholds.SEVERE_CHAIN ? "; any slow one holds all up" : "")
                            + " (give one of them a copy of what it asks for)");
        }
    }

    private void chatter(ServicePlan service) {
        Map<String, Double> reads = new LinkedHashMap<>();
        for (Dependency each : structure.ofReader(service.name())) {
            if (each.mode() == Edge.Mode.SYNC) {
                Quantity perRequest = each.need().load().perRequest();
                reads.merge(each.owner(), perRequest == null ? 1 : perRequest.middle(), Math::max);
            }
        }
        double all = reads.values().stream().mapToDouble(Double::doubleValue).sum();
        if (all > Thresholds.CHATTY) {
            judgements.warning(
                    Rule.CHATTY_READER,
                    service.place(),
                    "`" + service.name() + "` asks about " + Figures.number(all)
                            + " times for one request of its user, of "
                            + reads.keySet().stream()
                                    .map(each -> "`" + each + "`")
                                    .collect(Collectors.joining(", "))
                            + " (hold a copy of what is asked most, or ask for many keys at once)");
        }
    }

    private void entity(ServicePlan service) {
        boolean onlyAnswers = !service.shares().isEmpty()
                && service.shares().stream()
                        .allMatch(share -> share.content() instanceof Content.Request request
                                && request.delivery() == Content.Delivery.ASKED);
        if (!onlyAnswers) {
            return;
        }
        long readers = structure.ofOwner(service.name()).stream()
                .map(Dependency::reader)
                .distinct()
                .count();
        if (readers >= Thresholds.ENTITY_READERS) {
            judgements.warning(
                    Rule.ENTITY_SERVICE,
                    service.place(),
                    "`" + service.name() + "` only answers questions, of " + readers
                            + " services, and tells nobody what happens"
                            + " (share its data as state or its changes as events, so that readers need not ask)");
        }
    }
}
