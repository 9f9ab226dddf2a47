package dev.fairlead.node.description;

import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewer;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * One route of a node over items of one kind, and how it is described.
 *
 * @param template the path, with {@code {owner}} and {@code {item}} for the item's
 * @param verb what is done, as the beginning of the operation's id
 * @param isFor whether somebody may use it for the item as he sees it
 */
record ItemRoute(
        String method,
        String template,
        String verb,
        String summary,
        BiPredicate<Seen, Viewer> isFor,
        BiConsumer<Operation, Seen> description) {

    /** As a router knows it. */
    String name() {
        return method + " " + template;
    }

    /** The path for one item. */
    String path(Seen item) {
        return template.replace("{owner}", item.id().owner())
                .replace("{item}", item.id().name());
    }
}
