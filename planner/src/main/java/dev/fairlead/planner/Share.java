package dev.fairlead.planner;

import dev.fairlead.contracts.SchemaHash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One item as its owner declares it.
 *
 * @param places where its parts stand: fields by path ({@code address.street}, {@code ItemAdded.sku}, {@code answer.amount}),
 *     other keys with a colon before them ({@code :key})
 * @param schema the schema that its fields were taken from, if they were not written in the plan
 */
public record Share(
        ItemId id,
        Content content,
        Volume volume,
        Terms terms,
        Place place,
        Map<String, Place> places,
        @Nullable ImportedSchema schema) {
    public Share {
        places = Map.copyOf(places);
    }

    /** The same item with another volume. */
    public Share with(Volume other) {
        return new Share(id, content, other, terms, place, places, schema);
    }

    /** What the item is. */
    public ItemKind kind() {
        return content.kind();
    }

    /** Changes whenever a field, its meaning or the key changes. */
    public SchemaHash schemaHash() {
        return SchemaHash.of(content.schemaText() + (schema == null ? "" : " " + schema.wholeText()));
    }

    /** Where a part stands or, if that is not known, the nearest part that it is in. */
    public Place placeOf(String path) {
        String part = path.replace("[]", "").replace("{}", "");
        while (!part.isEmpty()) {
            Place known = places.get(part);
            if (known != null) {
                return known;
            }
            part = part.substring(0, Math.max(0, part.lastIndexOf('.')));
        }
        return place;
    }
}
