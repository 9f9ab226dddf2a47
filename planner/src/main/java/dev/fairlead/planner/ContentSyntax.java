package dev.fairlead.planner;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.spi.input.Nearest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part of a share that differs by its kind. */
final class ContentSyntax {
    private final Section section;
    private final Findings findings;
    private final Terms terms;
    private final FieldsSyntax fields;
    private final @Nullable ImportedSchema imported;

    ContentSyntax(Section section, Terms terms, @Nullable ImportedSchema imported) {
        this.imported = imported;
        this.section = section;
        this.findings = section.findings();
        this.terms = terms;
        this.fields = new FieldsSyntax(terms.dataClass());
    }

    @Nullable
    Content read(ItemKind kind) {
        return switch (kind) {
            case STATE -> {
                refuse(
                        kind,
                        List.of(
                                "events",
                                "question",
                                "answer",
                                "deadline",
                                "idempotent",
                                "delivery",
                                FailureSyntax.KEY));
                yield state();
            }
            case EVENT -> {
                refuse(kind, List.of("fields", "schema", "question", "answer", "deadline", "idempotent", "delivery"));
                yield events();
            }
            case REQUEST -> {
                refuse(kind, List.of("fields", "schema", "keys", "events"));
                yield request();
            }
        };
    }

    private void refuse(ItemKind kind, List<String> keys) {
        for (String key : keys) {
            Node.Entry entry = section.entry(key);
            if (entry != null) {
                findings.error(
                        Rule.MISPLACED_KEY,
                        entry.key().place(),
                        "`" + key + "` does not belong to a share of kind " + kind.word()
                                + " (remove it, or change the kind)");
            }
        }
    }

    private @Nullable Content state() {
        if (section.has("schema")) {
            return importedState();
        }
        Section written = written("fields", "name the fields, each with its type");
        Located key = section.required("key", "name the field that tells the values apart");
        if (written == null) {
            return null;
        }
        Fields all = fields.read(written);
        checkReserved(written);
        return key == null || !isGoodKey(key, all, written) ? null : new Content.State(key.text(), all);
    }

    private @Nullable Content importedState() {
        if (section.has("fields")) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    section.placeOf("fields"),
                    "a share has `fields` or a `schema`, not both (remove one)");
        }
        Located key = section.required("key", "name the field that tells the values apart");
        if (imported == null || key == null) {
            return null;
        }
        Fields all = new ImportedSyntax(section).fields(imported);
        return !all.names().isEmpty() && isGoodKey(key, all, section) ? new Content.State(key.text(), all) : null;
    }

    private boolean isGoodKey(Located key, Fields all, @Nullable Section written) {
        Field field = all.field(key.text()).orElse(null);
        if (field == null) {
            if (written == null || !written.has(key.text())) {
                findings.error(
                        Rule.BAD_KEY_FIELD,
                        key.place(),
                        "the key " + Printable.quoted(key.text()) + " is not one of the fields ("
                                + Nearest.remedy(key.text(), all.names()) + ")");
            }
            return false;
        }
        if (!canBeKey(field.type())) {
            findings.error(
                    Rule.BAD_KEY_FIELD,
                    key.place(),
                    "the field `" + key.text() + "` of type "
                            + Printable.shortened(field.type().text())
                            + " cannot be the key (a key is string, int32, int64, uuid or enum, and not optional)");
            return false;
        }
        return true;
    }

    private static boolean canBeKey(FieldType type) {
        return switch (type) {
            case FieldType.Symbols symbols -> true;
            case FieldType.Scalar scalar ->
                switch (scalar) {
                    case STRING, INT32, INT64, UUID -> true;
                    case BOOL, FLOAT64, INSTANT, DATE, DURATION, BYTES -> false;
                };
            default -> false;
        };
    }

    private @Nullable Content events() {
        Located key = section.required("key", "name what the events are ordered by");
        Section written = written("events", "name the events, each with its fields");
        if (written == null) {
            return null;
        }
        Map<String, Fields> events = fields.records(written, "an event");
        if (written.entries().isEmpty()) {
            findings.error(Rule.BAD_VALUE, section.placeOf("events"), "`events` is empty (name at least one event)");
        }
        checkReserved(written);
        return key == null ? null : new Content.Events(key.text(), events);
    }

    private @Nullable Content request() {
        Fields question = fieldsOf("question", "name its fields, or write { } when there are none");
        Content.Delivery delivery = delivery();
        Fields answer = section.has("answer") ? fieldsOf("answer", "") : null;
        if (delivery == Content.Delivery.GUARANTEED && section.has("answer")) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    section.placeOf("answer"),
                    "what is told with `delivery: guaranteed` has no answer (remove one of the two)");
        }
        if (delivery == Content.Delivery.ASKED && !section.has("answer")) {
            section.missing("answer", "name its fields, or add delivery: guaranteed when nobody waits");
        }
        if (delivery == Content.Delivery.ASKED && section.has(FailureSyntax.KEY)) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    section.placeOf(FailureSyntax.KEY),
                    "`" + FailureSyntax.KEY
                            + "` is about what is told, but whoever asks is told of the failure (remove it, or add"
                            + " delivery: guaranteed)");
        }
        Boolean idempotent = section.flag("idempotent");
        Located key = section.text("key");
        if (key != null && delivery != Content.Delivery.GUARANTEED) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    section.placeOf("key"),
                    "`key` names what a message is about, and what is asked is not kept (remove it, or add delivery:"
                            + " guaranteed)");
        }
        if (key != null && question != null && !isGoodKey(key, question, written("question", ""))) {
            return null;
        }
        return question == null
                ? null
                : new Content.Request(
                        question,
                        answer,
                        section.positiveDuration("deadline"),
                        Boolean.TRUE.equals(idempotent),
                        delivery,
                        key == null ? null : key.text());
    }

    private Content.Delivery delivery() {
        Located text = section.text("delivery");
        if (text != null && !text.text().equals("guaranteed")) {
            section.badWord("delivery", text, List.of("guaranteed"));
        }
        return section.has("delivery") ? Content.Delivery.GUARANTEED : Content.Delivery.ASKED;
    }

    private @Nullable Fields fieldsOf(String key, String remedy) {
        Section written = written(key, remedy);
        return written == null ? null : fields.read(written);
    }

    private @Nullable Section written(String key, String remedy) {
        Section written = section.names(key);
        if (written == null) {
            section.missing(key, remedy);
        }
        return written;
    }

    private void checkReserved(Section written) {
        for (Node.Entry entry : written.entries()) {
            String name = entry.key().text();
            if (terms.reserved().contains(name)) {
                findings.error(
                        Rule.NAME_REUSED,
                        entry.key().place(),
                        "the name " + Printable.quoted(name)
                                + " is reserved: it was removed and may not come back (take another)");
            }
        }
    }
}
