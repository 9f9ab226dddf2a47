package dev.fairlead.planner;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All shares and needs of a landscape, merged from one file per service and free of input errors; by name, immutable. */
public record Plan(List<ServicePlan> services, Landscape landscape) {
    public Plan {
        services = services.stream()
                .sorted(Comparator.comparing(ServicePlan::name))
                .toList();
    }

    /** The service with this name, if there is one. */
    public Optional<ServicePlan> service(String name) {
        return services.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The item with this id, if its owner shares it. */
    public Optional<Share> item(ItemId id) {
        return service(id.owner()).flatMap(owner -> owner.share(id.name()));
    }

    /** All items, by owner and in the order of the owner's file. */
    public List<Share> items() {
        return services.stream().flatMap(service -> service.shares().stream()).toList();
    }

    /** All needs of an item, by reader. */
    public List<Need> needsOf(ItemId item) {
        return services.stream().flatMap(service -> service.need(item).stream()).toList();
    }

    /** All needs, by reader and in the order of the reader's file. */
    public List<Need> needs() {
        return services.stream().flatMap(service -> service.needs().stream()).toList();
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
