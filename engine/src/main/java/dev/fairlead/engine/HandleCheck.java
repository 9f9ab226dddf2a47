package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Item;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
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
        List<String> faults = all("", item.valueType(), fields);
        key(item, fields, keyField, faults);
        refuse(item, faults);
    }

    /** A reader's value has fields of its {@code uses} and no others. */
    static void reader(StateItem<?, ?> item, Fields fields, Set<String> uses, String keyField) {
        List<String> faults = used("", item.valueType(), fields, uses);
        key(item, fields, keyField, faults);
        refuse(item, faults);
    }

    /** An owner's question and answer have all their fields and no others. */
    static void request(RequestItem<?, ?> item, Fields question, Fields answer) {
        List<String> faults = all("question.", item.questionType(), question);
        faults.addAll(all("answer.", item.answerType(), answer));
        refuse(item, faults);
    }

    /** An asker's question has all fields and no others, its answer has fields of its {@code uses} and no others. */
    static void request(RequestItem<?, ?> item, Fields question, Fields answer, Set<String> uses) {
        List<String> faults = all("question.", item.questionType(), question);
        faults.addAll(used("answer.", item.answerType(), answer, uses));
        refuse(item, faults);
    }

    /** What is told has all fields and no others, on both sides. */
    static void told(TellItem<?> item, Fields question) {
        refuse(item, all("question.", item.questionType(), question));
    }

    private static List<String> used(String part, Class<?> type, Fields fields, Set<String> uses) {
        return components(part, type, fields.only(uses), "not among the fields that this service uses");
    }

    private static List<String> all(String part, Class<?> type, Fields fields) {
        List<String> faults = components(part, type, fields, "the item has no such field");
        Set<String> there = names(type);
        fields.names().stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> faults.add(part + name + ": " + type(fields, name)
                        + " in the plan, but no component of " + type.getName() + " (add it)"));
        return faults;
    }

    private static List<String> components(String part, Class<?> type, Fields fields, String absent) {
        List<String> faults = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String java = component.getGenericType().getTypeName();
            fields.field(NamesInPlan.of(component))
                    .ifPresentOrElse(
                            field -> {
                                if (!JavaTypes.holds(field.type(), component.getGenericType())) {
                                    faults.add(part + NamesInPlan.of(component) + ": "
                                            + field.type().text() + " in the plan, but " + java + " in "
                                            + type.getName());
                                }
                            },
                            () -> faults.add(part + NamesInPlan.of(component) + ": " + java + " in "
                                    + type.getName() + ", but " + absent + " (known: "
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

    private static void refuse(Item item, List<String> faults) {
        if (!faults.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.HANDLE_MISMATCH,
                    "the handle of " + item.id() + " does not fit the plan: " + String.join("; ", faults));
        }
    }

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(NamesInPlan::of).collect(Collectors.toSet());
    }

    private static String type(Fields fields, String name) {
        return fields.field(name).map(field -> field.type().text()).orElseThrow();
    }
}
