package dev.fairlead.planner;

import dev.fairlead.contracts.SchemaHash;

/** One item as its owner declares it. */
public record Share(ItemId id, Content content, Volume volume, Terms terms, Place place) {

    /** What the item is. */
    public ItemKind kind() {
        return content.kind();
    }

    /** Changes whenever a field, its meaning or the key changes. */
    public SchemaHash schemaHash() {
        return SchemaHash.of(content.schemaText());
    }
}
