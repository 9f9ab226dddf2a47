package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Assumption;
import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Defaults;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Quantity;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A decided plan as a graph: who depends on whom through what. */
final class Structure {
    private final Map<String, ServicePlan> services = new LinkedHashMap<>();
    private final Map<ItemId, Share> items = new LinkedHashMap<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final Map<ItemId, List<Dependency>> byItem;
    private final Map<String, List<Dependency>> byReader;
    private final Map<String, List<Dependency>> byOwner;
    private final Map<String, Map<String, Dependency>> firsts = new HashMap<>();
    private final Coupling coupling;

    Structure(Plan plan, Decisions decisions) {
        for (ServicePlan service : plan.services()) {
            services.put(service.name(), service);
            service.shares().forEach(share -> items.put(share.id(), share));
        }
        for (Decision decision : decisions.list()) {
            Share share = items.get(decision.item());
            if (share != null) {
                dependencies.add(Dependency.of(decision, share));
            }
        }
        for (Dependency each : dependencies) {
            firsts.computeIfAbsent(each.reader(), reader -> new LinkedHashMap<>())
                    .putIfAbsent(each.owner(), each);
        }
        byItem = dependencies.stream()
                .collect(Collectors.groupingBy(each -> each.need().item()));
        byReader = dependencies.stream().collect(Collectors.groupingBy(Dependency::reader));
        byOwner = dependencies.stream().collect(Collectors.groupingBy(Dependency::owner));
        Map<String, Double> availability = new LinkedHashMap<>();
        services.forEach(
                (name, service) -> availability.put(name, availability(service).middle()));
        coupling = new Coupling(
                availability, dependencies.stream().map(Dependency::edge).toList());
    }

    Metrics metrics() {
        return coupling.metrics(
                Stores.of(this),
                Exposure.of(this),
                services.values().stream()
                        .filter(service -> service.availability() == null)
                        .map(service -> new Assumption(
                                service.name() + ".availability", Defaults.AVAILABILITY.text(), "default"))
                        .toList());
    }

    /** What a service promises, or what is assumed where it does not say. */
    static Quantity availability(ServicePlan service) {
        Quantity declared = service.availability();
        return declared == null ? Defaults.AVAILABILITY : declared;
    }

    List<ServicePlan> services() {
        return List.copyOf(services.values());
    }

    List<Share> items() {
        return List.copyOf(items.values());
    }

    ServicePlan service(String name) {
        return Objects.requireNonNull(services.get(name));
    }

    List<Dependency> dependencies() {
        return dependencies;
    }

    List<Dependency> ofItem(ItemId item) {
        return byItem.getOrDefault(item, List.of());
    }

    List<Dependency> ofReader(String reader) {
        return byReader.getOrDefault(reader, List.of());
    }

    List<Dependency> ofOwner(String owner) {
        return byOwner.getOrDefault(owner, List.of());
    }

    /** The first dependency of a reader on an owner, in the order of the reader's file. */
    Optional<Dependency> first(String reader, String owner) {
        return Optional.ofNullable(firstsOf(reader).get(owner));
    }

    /** For each owner that a reader depends on its first dependency, in the order of the reader's file. */
    Map<String, Dependency> firstsOf(String reader) {
        return firsts.getOrDefault(reader, Map.of());
    }

    /** Where the reader says that it depends on the owner; else where the reader is. */
    Place place(String reader, String owner) {
        return first(reader, owner)
                .map(each -> each.need().place())
                .orElseGet(() -> service(reader).place());
    }

    Links links() {
        return coupling.links();
    }

    /** Along every dependency. */
    Reach reach() {
        return coupling.reach();
    }

    /** Along those in which the reader waits for an answer. */
    Reach asking() {
        return coupling.asking();
    }
}
