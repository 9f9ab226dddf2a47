package dev.fairlead.generate;

import dev.fairlead.contracts.FieldType;
import dev.fairlead.planner.Content;
import java.util.List;

/** The types of keys that the plan leaves open. */
public final class Keys {
    private Keys() {}

    /** The different types that the events' fields with the key's name have: none when no event has one. Enums count as text. */
    public static List<FieldType> ofEvents(Content.Events events) {
        return events.events().values().stream()
                .flatMap(fields -> fields.field(events.key()).stream())
                .map(field -> field.type() instanceof FieldType.Symbols ? FieldType.Scalar.STRING : field.type())
                .distinct()
                .toList();
    }
}
