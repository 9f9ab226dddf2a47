package dev.fairlead.planner;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is shared: it differs by the kind of the item. */
public sealed interface Content {

    /** The kind that has this content. */
    ItemKind kind();

    /** The canonical text of everything that a reader or its data depend on; the schema hash is taken of it. */
    String schemaText();

    /** The latest value per key; {@code key} is the name of one of the fields. */
    record State(String key, Fields fields) implements Content {
        @Override
        public ItemKind kind() {
            return ItemKind.STATE;
        }

        /** The field that holds the key. */
        public Field keyField() {
            return fields.field(key).orElseThrow(() -> new IllegalStateException("the plan was read with errors"));
        }

        @Override
        public String schemaText() {
            return "state key=" + key + " (" + fields.text() + ")";
        }
    }

    /** A closed set of events, each with its fields, ordered by {@code key}. */
    record Events(String key, Map<String, Fields> events) implements Content {
        public Events {
            events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
        }

        /**
         * The events that a need reads, each with the fields that it reads: an event's name stands for all of its fields, {@code Event.field}
         * for one; a need that names nothing reads everything.
         */
        public Map<String, Fields> used(Need need) {
            Set<String> names = new LinkedHashSet<>(need.usedNames());
            if (names.isEmpty()) {
                return events;
            }
            Map<String, Fields> used = new LinkedHashMap<>();
            events.forEach((event, fields) -> {
                Set<String> some = new LinkedHashSet<>(fields.names());
                some.removeIf(field -> !names.contains(event + "." + field));
                if (names.contains(event)) {
                    used.put(event, fields);
                } else if (!some.isEmpty()) {
                    used.put(event, fields.only(some));
                }
            });
            return used;
        }

        @Override
        public ItemKind kind() {
            return ItemKind.EVENT;
        }

        @Override
        public String schemaText() {
            return events.entrySet().stream()
                    .map(event -> event.getKey() + "(" + event.getValue().text() + ")")
                    .collect(Collectors.joining(", ", "event key=" + key + " (", ")"));
        }
    }

    /**
     * A question and its answer.
     *
     * @param answer null for what is told and not asked
     * @param deadline after which the outcome is unknown; null when the plan does not say
     * @param key the field of the question that tells what a message is about, so that it can be erased; null when the plan does not say
     */
    record Request(
            Fields question,
            @Nullable Fields answer,
            @Nullable Duration deadline,
            boolean idempotent,
            Delivery delivery,
            @Nullable String key)
            implements Content {
        @Override
        public ItemKind kind() {
            return ItemKind.REQUEST;
        }

        @Override
        public String schemaText() {
            String answered = Optional.ofNullable(answer).map(Fields::text).orElse("none");
            return "request (" + question.text() + ") -> (" + answered + ")";
        }
    }

    /** Whether somebody waits for a request's answer. */
    enum Delivery {
        /** The asker waits until the deadline. */
        ASKED,
        /** Told one way, point to point, and kept until it was handled. */
        GUARANTEED
    }
}
