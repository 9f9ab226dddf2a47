package dev.fairlead.contracts;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields of a record, in the order in which the owner declared them; no two have the same name. */
public record Fields(List<Field> list) {

    /** No fields. */
    public static final Fields NONE = new Fields(List.of());

    public Fields {
        list = List.copyOf(list);
        Check.that(list.size() <= FieldType.MAX_FIELDS, "a record has at most " + FieldType.MAX_FIELDS + " fields");
        Set<String> names = new HashSet<>();
        list.forEach(field -> Check.that(names.add(field.name()), "two fields have the name " + field.name()));
    }

    /** These fields, in this order. */
    public static Fields of(Field... fields) {
        return new Fields(List.of(fields));
    }

    /** The field with this name, if there is one. */
    public Optional<Field> field(String name) {
        for (Field field : list) {
            if (field.name().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The names, in order. */
    public List<String> names() {
        return list.stream().map(Field::name).toList();
    }

    /** Only the fields with these names, in the owner's order. */
    public Fields only(Set<String> names) {
        return new Fields(
                list.stream().filter(field -> names.contains(field.name())).toList());
    }

    /** The class of the most guarded field. */
    public DataClass highestClass() {
        return list.stream().map(Field::highestClass).reduce(DataClass.PUBLIC, DataClass::orHigher);
    }

    /** The canonical written form: equal fields have equal text, and different fields have different text. */
    public String text() {
        return list.stream().map(Field::text).collect(Collectors.joining(", "));
    }
}
