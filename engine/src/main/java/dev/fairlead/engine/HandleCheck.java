package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.StateItem;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a handle against the fields that the plan gives to this service. */
final class HandleCheck {
    private HandleCheck() {}

    /** An owner's value has all fields of the item and no others. */
    static void owner(StateItem<?, ?> item, Fields fields, String keyField) {
        List<String> faults = components(item, fields, "the item has no such field");
        Set<String> there = names(item);
        fields.names().stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> faults.add(name + ": " + type(fields, name) + " in the plan, but no component of "
                        + item.valueType().getName() + " (add it)"));
        key(item, fields, keyField, faults);
        refuse(item, faults);
    }

    /** A reader's value has fields of its {@code uses} and no others. */
    static void reader(StateItem<?, ?> item, Fields fields, Set<String> uses, String keyField) {
        List<String> faults = components(item, fields.only(uses), "not among the fields that this service uses");
        key(item, fields, keyField, faults);
        refuse(item, faults);
    }

    private static List<String> components(StateItem<?, ?> item, Fields fields, String absent) {
        List<String> faults = new ArrayList<>();
        for (RecordComponent component : item.valueType().getRecordComponents()) {
            String java = component.getGenericType().getTypeName();
            fields.field(component.getName())
                    .ifPresentOrElse(
                            field -> {
                                if (!JavaTypes.holds(field.type(), component.getGenericType())) {
                                    faults.add(component.getName() + ": "
                                            + field.type().text() + " in the plan, but " + java + " in "
                                            + item.valueType().getName());
                                }
                            },
                            () -> faults.add(component.getName() + ": " + java + " in "
                                    + item.valueType().getName() + ", but " + absent + " (known: "
                                    + String.join(", ", fields.names()) + ")"));
        }
        return faults;
    }

    private static void key(StateItem<?, ?> item, Fields fields, String keyField, List<String> faults) {
        fields.field(keyField)
                .map(Field::type)
                .filter(type -> !JavaTypes.holds(type, item.keyType()))
                .ifPresent(type -> faults.add("the key " + keyField + ": " + type.text() + " in the plan, but "
                        + item.keyType().getName() + " as the handle's key type"));
    }

    private static void refuse(StateItem<?, ?> item, List<String> faults) {
        if (!faults.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.HANDLE_MISMATCH,
                    "the handle of " + item.id() + " does not fit the plan: " + String.join("; ", faults));
        }
    }

    private static Set<String> names(StateItem<?, ?> item) {
        return Arrays.stream(item.valueType().getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static String type(Fields fields, String name) {
        return fields.field(name).map(field -> field.type().text()).orElseThrow();
    }
}
