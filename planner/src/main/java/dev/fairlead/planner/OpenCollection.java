package dev.fairlead.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;

/** A mapping or sequence whose end has not come yet. */
final class OpenCollection {
    private final boolean mapping;
    private final boolean flow;
    private final Place place;
    private final Optional<Anchor> anchor;
    private final Findings findings;
    private final List<Node> elements = new ArrayList<>();
    private final List<Node.Entry> entries = new ArrayList<>();
    private final Map<String, Place> keys = new HashMap<>();
    private @Nullable Node key;
    private int size = 1;
    private int height;

    OpenCollection(boolean mapping, boolean flow, Place place, Optional<Anchor> anchor, Findings findings) {
        this.mapping = mapping;
        this.flow = flow;
        this.place = place;
        this.anchor = anchor;
        this.findings = findings;
    }

    Optional<Anchor> anchor() {
        return anchor;
    }

    void add(TreeBuilder.Measured child) {
        size += child.size();
        height = Math.max(height, child.height());
        if (!mapping) {
            elements.add(child.node());
        } else if (key == null) {
            key = child.node();
        } else {
            addEntry(key, child.node());
            key = null;
        }
    }

    TreeBuilder.Measured end(Place end) {
        Node node = mapping
                ? new Node.Mapping(List.copyOf(entries), flow, place, end)
                : new Node.Sequence(List.copyOf(elements), flow, place, end);
        return new TreeBuilder.Measured(node, size, height + 1);
    }

    private void addEntry(Node key, Node value) {
        if (!(key instanceof Node.Scalar name)) {
            findings.error(Rule.SYNTAX, key.place(), "a key must be a word (check the brackets here)");
            return;
        }
        Place first = keys.putIfAbsent(name.text(), name.place());
        if (first != null) {
            findings.error(
                    Rule.DUPLICATE_KEY,
                    name.place(),
                    "the key " + Printable.quoted(name.text()) + " is there twice, first in line " + first.line()
                            + " (remove one)");
            return;
        }
        entries.add(new Node.Entry(name, value));
    }
}
