package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.FairleadException;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a handle of events against the events and fields that the plan gives to this service. */
final class EventHandleCheck {
    private static final Set<Class<?>> KEYS = Set.of(String.class, Integer.class, Long.class, java.util.UUID.class);

    private EventHandleCheck() {}

    /** An owner's type has all events of the item with all their fields, and no others. */
    static void owner(EventItem<?, ?> item, Content.Events content) {
        List<String> faults = faults(item, content, content.events(), "the item has no such event");
        content.events()
                .forEach((event, fields) -> record(item, event)
                        .ifPresent(type -> fields.names().stream()
                                .filter(name -> !names(type).contains(name))
                                .forEach(name -> faults.add(event + "." + name + ": " + typeText(fields, name)
                                        + " in the plan, but no component of " + type.getName() + " (add it)"))));
        refuse(item, faults);
    }

    /** A reader's type has the events that it uses, each with fields that it uses, and no others. */
    static void reader(EventItem<?, ?> item, Content.Events content, Map<String, Fields> used) {
        refuse(item, faults(item, content, used, "not among the events that this service uses"));
    }

    private static List<String> faults(
            EventItem<?, ?> item, Content.Events content, Map<String, Fields> allowed, String absent) {
        List<String> faults = new ArrayList<>();
        for (Class<?> type : item.eventType().getPermittedSubclasses()) {
            String event = NamesInPlan.of(type);
            Fields fields = allowed.get(event);
            if (fields == null) {
                faults.add(event + ": " + type.getName() + " in "
                        + item.eventType().getName() + ", but " + absent + " (known: "
                        + String.join(", ", allowed.keySet()) + ")");
            } else {
                components(type, event, fields, faults);
            }
        }
        allowed.keySet().stream()
                .filter(event -> record(item, event).isEmpty())
                .forEach(event -> faults.add(event + ": an event in the plan, but no permitted type of "
                        + item.eventType().getName() + " (add the record)"));
        if (!KEYS.contains(item.keyType()) && !item.keyType().isEnum()) {
            faults.add("the key " + content.key() + ": " + item.keyType().getName()
                    + " as the handle's key type (use String, Integer, Long, UUID or an enum)");
        }
        content.events().values().stream()
                .flatMap(fields -> fields.field(content.key()).stream())
                .filter(field -> !JavaTypes.holds(field.type(), item.keyType()))
                .forEach(field -> faults.add(
                        "the key " + content.key() + ": " + field.type().text() + " in the plan, but "
                                + item.keyType().getName() + " as the handle's key type"));
        return faults;
    }

    private static void components(Class<?> type, String event, Fields fields, List<String> faults) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = event + "." + NamesInPlan.of(component);
            String java = component.getGenericType().getTypeName();
            fields.field(NamesInPlan.of(component))
                    .ifPresentOrElse(
                            field -> {
                                if (!JavaTypes.holds(field.type(), component.getGenericType())) {
                                    faults.add(name + ": " + field.type().text() + " in the plan, but " + java + " in "
                                            + type.getName());
                                }
                            },
                            () -> faults.add(name + ": " + java + " in " + type.getName()
                                    + ", but not among the fields of this service (known: "
                                    + String.join(", ", fields.names()) + ")"));
        }
    }

    private static Optional<Class<?>> record(EventItem<?, ?> item, String event) {
        return Arrays.stream(item.eventType().getPermittedSubclasses())
                .filter(type -> NamesInPlan.of(type).equals(event))
                .findFirst();
    }

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(NamesInPlan::of).collect(Collectors.toSet());
    }

    private static String typeText(Fields fields, String name) {
        return fields.field(name).map(field -> field.type().text()).orElseThrow();
    }

    private static void refuse(EventItem<?, ?> item, List<String> faults) {
        if (!faults.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.HANDLE_MISMATCH,
                    "the handle of " + item.id() + " does not fit the plan: " + String.join("; ", faults));
        }
    }
}
