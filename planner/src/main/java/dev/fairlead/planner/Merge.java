package dev.fairlead.planner;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins the services of all files by name and has each need checked against the item it names. */
final class Merge {
    private final Findings findings;
    private final Unread unread;
    private final Map<String, ServicePlan> services = new LinkedHashMap<>();
    private final Map<ItemId, Share> items = new HashMap<>();

    /** Merges; a need of what was written but could not be read is not reported a second time. */
    Merge(Unread unread, Findings findings) {
        this.unread = unread;
        this.findings = findings;
    }

    List<ServicePlan> merge(List<ServicePlan> read) {
        read.forEach(this::add);
        List<ServicePlan> merged = List.copyOf(services.values());
        NeededItems needed = new NeededItems(items, services.keySet(), unread);
        Cores.of(merged)
                .map(service -> {
                    Findings found = findings.ofOneFile();
                    service.needs().forEach(need -> new NeedRules(needed, service, need, found).check());
                    return found;
                })
                .toList()
                .forEach(findings::addAll);
        return merged;
    }

    private void add(ServicePlan service) {
        ServicePlan first = services.putIfAbsent(service.name(), service);
        if (first != null) {
            findings.error(
                    Rule.DUPLICATE_SERVICE,
                    service.place(),
                    "the service `" + service.name() + "` is already in "
                            + first.place().file() + " (one file per service: join them)");
        }
        for (Share share : service.shares()) {
            Share before = items.putIfAbsent(share.id(), share);
            if (before != null) {
                findings.error(
                        Rule.TWO_OWNERS,
                        share.place(),
                        "the item `" + share.id() + "` is already shared at " + before.place()
                                + " (an item has one owner: remove one)");
            }
        }
    }
}
