package dev.fairlead.planner;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All shares and needs of a landscape, merged from one file per service and free of input errors; by name, immutable. */
public final class Plan {
    private final Map<String, ServicePlan> services = new LinkedHashMap<>();
    private final Map<ItemId, Share> items = new LinkedHashMap<>();
    private final Map<ItemId, List<Need>> needs = new HashMap<>();
    private final Landscape landscape;
    private final List<ServicePlan> allServices;
    private final List<Share> allItems;
    private final List<Need> allNeeds;

    /** The plan of these services, in any order. */
    public Plan(List<ServicePlan> services, Landscape landscape) {
        this.landscape = landscape;
        services.stream().sorted(Comparator.comparing(ServicePlan::name)).forEach(this::add);
        needs.replaceAll((item, all) -> List.copyOf(all));
        allServices = List.copyOf(this.services.values());
        allItems = List.copyOf(items.values());
        allNeeds = allServices.stream()
                .flatMap(service -> service.needs().stream())
                .toList();
    }

    private void add(ServicePlan service) {
        services.put(service.name(), service);
        service.shares().forEach(share -> items.put(share.id(), share));
        service.needs()
                .forEach(need -> needs.computeIfAbsent(need.item(), item -> new ArrayList<>())
                        .add(need));
    }

    /** All services, by name. */
    public List<ServicePlan> services() {
        return allServices;
    }

    /** What there is to choose from, and the limits. */
    public Landscape landscape() {
        return landscape;
    }

    /** The service with this name, if there is one. */
    public Optional<ServicePlan> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    /** The item with this id, if its owner shares it. */
    public Optional<Share> item(ItemId id) {
        return Optional.ofNullable(items.get(id));
    }

    /** All items, by owner and in the order of the owner's file. */
    public List<Share> items() {
        return allItems;
    }

    /** All needs of an item, by reader. */
    public List<Need> needsOf(ItemId item) {
        return needs.getOrDefault(item, List.of());
    }

    /** The fields besides the key by which readers look the values of an item up. */
    public Set<String> searchedFields(ItemId item) {
        return needsOf(item).stream()
                .flatMap(need -> need.load().by().stream())
                .map(Located::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All needs, by reader and in the order of the reader's file. */
    public List<Need> needs() {
        return allNeeds;
    }

    /**
     * The fields that a need reads of a state item or of a request's answer, in the owner's order; all of them when it does not
     * say, none for events.
     */
    public Fields usedFields(Need need) {
        Fields all = item(need.item())
                .map(share -> switch (share.content()) {
                    case Content.State state -> state.fields();
                    case Content.Request request -> request.answer() == null ? Fields.NONE : request.answer();
                    case Content.Events events -> Fields.NONE;
                })
                .orElse(Fields.NONE);
        Set<String> used = new LinkedHashSet<>(need.usedNames());
        return used.isEmpty() ? all : all.only(used);
    }

    /** The name of the key field of a state item. */
    public Optional<Field> keyField(ItemId id) {
        return item(id).map(Share::content)
                .filter(Content.State.class::isInstance)
                .map(content -> ((Content.State) content).keyField());
    }
}
