package dev.fairlead.planner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds nodes from the parser's events and refuses what breaks a limit; one for one file. */
final class TreeBuilder {
    private static final Set<String> CORE_TAGS = Set.of(
            "!",
            "tag:yaml.org,2002:str",
            "tag:yaml.org,2002:int",
            "tag:yaml.org,2002:float",
            "tag:yaml.org,2002:bool",
            "tag:yaml.org,2002:null",
            "tag:yaml.org,2002:map",
            "tag:yaml.org,2002:seq");

    private final String file;
    private final Findings findings;
    private final Deque<OpenCollection> open = new ArrayDeque<>();
    private final Map<String, Measured> anchored = new HashMap<>();
    private @Nullable Node root;
    private int documents;
    private int aliases;
    private int aliasedNodes;

    TreeBuilder(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** A node with what it takes to use it again through an alias. */
    record Measured(Node node, int size, int height) {}

    @Nullable
    Node root() {
        return root;
    }

    void take(Event event) {
        switch (event) {
            case DocumentStartEvent start -> beginDocument(start);
            case ScalarEvent scalar -> {
                checkTag(scalar.getTag(), scalar);
                add(new Measured(node(scalar), 1, 0), scalar.getAnchor());
            }
            case CollectionStartEvent start -> beginCollection(start);
            case CollectionEndEvent end -> endCollection(end);
            case AliasEvent alias -> follow(alias);
            default -> {
                // The events of the stream and of the document's end build nothing.
            }
        }
    }

    private void beginDocument(DocumentStartEvent start) {
        documents++;
        if (documents > 1) {
            throw new Refused(
                    Rule.SYNTAX,
                    start(start),
                    "a second document begins here (write one service per file, without `---`)");
        }
    }

    private void beginCollection(CollectionStartEvent start) {
        checkTag(start.getTag(), start);
        if (open.size() == PlanLimits.DEPTH) {
            throw new Refused(
                    Rule.TOO_LARGE, start(start), "this nests deeper than " + PlanLimits.DEPTH + " (a plan is flat)");
        }
        open.push(new OpenCollection(
                start instanceof MappingStartEvent, start.isFlow(), start(start), start.getAnchor(), findings));
    }

    private void endCollection(CollectionEndEvent end) {
        OpenCollection ended = open.pop();
        add(ended.end(end(end)), ended.anchor());
    }

    private void add(Measured child, Optional<Anchor> anchor) {
        if (anchor.isPresent()) {
            anchored.put(anchor.get().getValue(), child);
        }
        if (open.isEmpty()) {
            root = child.node();
        } else {
            open.element().add(child);
        }
    }

    private void follow(AliasEvent event) {
        String name = event.getAlias().getValue();
        Place place = start(event);
        boolean inside = open.stream()
                .flatMap(each -> each.anchor().stream())
                .anyMatch(each -> each.getValue().equals(name));
        Measured target = anchored.get(name);
        if (inside || target == null) {
            String fault = inside ? " stands inside what it names" : " names nothing";
            throw new Refused(
                    Rule.SYNTAX, place, "the alias " + Printable.quoted("*" + name) + fault + " (write it out)");
        }
        aliases++;
        aliasedNodes += target.size();
        if (aliases > PlanLimits.ALIASES
                || aliasedNodes > PlanLimits.ALIASED_NODES
                || open.size() + target.height() > PlanLimits.DEPTH) {
            throw new Refused(
                    Rule.TOO_LARGE, place, "more than 50 aliases, or aliases of too much (write the values out)");
        }
        add(new Measured(at(target.node(), place, end(event)), target.size(), target.height()), Optional.empty());
    }

    private static Node at(Node node, Place place, Place end) {
        return switch (node) {
            case Node.Scalar scalar -> new Node.Scalar(scalar.text(), scalar.style(), place, end);
            case Node.Sequence sequence -> new Node.Sequence(sequence.elements(), true, place, end);
            case Node.Mapping mapping -> new Node.Mapping(mapping.entries(), true, place, end);
        };
    }

    private Node.Scalar node(ScalarEvent event) {
        Node.Style style = switch (event.getScalarStyle()) {
            case PLAIN -> Node.Style.PLAIN;
            case LITERAL, FOLDED -> Node.Style.BLOCK;
            default -> Node.Style.QUOTED;
        };
        return new Node.Scalar(GroupedCommas.show(event.getValue()), style, start(event), end(event));
    }

    private void checkTag(Optional<String> tag, Event event) {
        if (tag.isEmpty()) {
            return;
        }
        tag.filter(each -> !CORE_TAGS.contains(each))
                .ifPresent(each -> findings.error(
                        Rule.SYNTAX,
                        start(event),
                        "the tag " + Printable.quoted(each) + " is not allowed (remove it; a plan is plain data)"));
    }

    private Place start(Event event) {
        return place(event.getStartMark());
    }

    private Place end(Event event) {
        return place(event.getEndMark());
    }

    private Place place(Optional<Mark> mark) {
        if (mark.isEmpty()) {
            return Place.startOf(file);
        }
        return new Place(file, mark.get().getLine() + 1, mark.get().getColumn() + 1);
    }

    /** Ends the reading of one file; never leaves {@link Tree}. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Place place;
        private final Rule rule;
        private final String text;

        Refused(Rule rule, Place place, String text) {
            super(text, null, false, false);
            this.rule = rule;
            this.place = place;
            this.text = text;
        }

        Rule rule() {
            return rule;
        }

        Place place() {
            return place;
        }

        String text() {
            return text;
        }
    }
}
