package dev.fairlead.node.search;

import java.util.Map;

/**
 * What somebody looks for.
 *
 * @param texts by field the text that its value has, of one field at least
 */
public record Search(Map<String, String> texts) {
    public Search {
        texts = Map.copyOf(texts);
    }
}
