package dev.fairlead.planner;

import dev.fairlead.contracts.SchemaHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One item as its owner declares it.
 *
 * @param places where its parts stand: fields by path ({@code address.street}, {@code ItemAdded.sku}, {@code answer.amount}),
 *     other keys with a colon before them ({@code :key})
 * @param schema the schema that its fields were taken from, if they were not written in the plan
 * @param views what outside clients get of it
 */
public record Share(
        ItemId id,
        Content content,
        Volume volume,
        Terms terms,
        Place place,
        Map<String, Place> places,
        @Nullable ImportedSchema schema,
        List<OutsideView> views) {
    public Share {
        places = Map.copyOf(places);
        views = List.copyOf(views);
    }

    /** The same item with another volume. */
    public Share with(Volume other) {
        return new Share(id, content, other, terms, place, places, schema, views);
    }

    /** What these outside clients get of it, if they get anything. */
    public Optional<OutsideView> view(String clients) {
        return views.stream().filter(view -> view.clients().equals(clients)).findFirst();
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
