package dev.fairlead.node.description;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.generate.JsonText;
import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewer;
import dev.fairlead.node.search.SecondaryIndex;
import dev.fairlead.planner.Content;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** State items: read, written, and their changes followed. */
final class StateDescriptions {
    static final String STREAM = "text/event-stream";
    private static final String KEY = "/items/{owner}/{item}/{key}";
    private static final String ALL = "/items/{owner}/{item}";
    private static final String CHANGES = "/changes/{owner}/{item}";
    private static final String[] READING = {"not-ready", "stale", "unreachable", "deadline"};
    private static final String[] WRITING = {
        "version-conflict", "fenced", "unreachable", "deadline", "outcome-unknown", "storage-full", "capability"
    };

    private StateDescriptions() {}

    static List<ItemRoute> routes() {
        return List.of(
                new ItemRoute(
                        "GET",
                        ALL,
                        "list",
                        "The values of all keys, in pages.",
                        StateDescriptions::isSeen,
                        StateDescriptions::page),
                new ItemRoute(
                        "GET", KEY, "get", "The value of one key.", StateDescriptions::isSeen, StateDescriptions::get),
                new ItemRoute(
                        "PUT",
                        KEY,
                        "put",
                        "Writes the value of one key.",
                        StateDescriptions::isOwned,
                        StateDescriptions::put),
                new ItemRoute(
                        "DELETE",
                        KEY,
                        "remove",
                        "Removes one key.",
                        StateDescriptions::isOwned,
                        StateDescriptions::delete),
                new ItemRoute(
                        "GET",
                        CHANGES,
                        "changes",
                        "The changes behind a place, as a page or as server-sent events.",
                        StateDescriptions::isSeen,
                        StateDescriptions::changes));
    }

    private static boolean isSeen(Seen item, Viewer viewer) {
        return item.content() instanceof Content.State;
    }

    private static boolean isOwned(Seen item, Viewer viewer) {
        return isSeen(item, viewer) && item.isOwn();
    }

    private static Content.State content(Seen item) {
        return (Content.State) item.share().content();
    }

    /** The key's type stands in the owner's declaration, also for a reader that does not use the field. */
    static Operation key(Operation operation, Seen item) {
        Content.State state = content(item);
        return operation.path("key", state.key(), Shapes.of(state.keyField().type()));
    }

    /** The document as this caller gets it. */
    static ObjectNode document(Operation operation, Seen item) {
        Content.State state = (Content.State) item.content();
        return operation.schema(item.id().toString(), () -> item.form().record(state.fields()));
    }

    private static ObjectNode entry(Operation operation, Seen item) {
        ObjectNode document = document(operation, item);
        return operation.schema(item.id() + "_value", () -> valueOf(item, document));
    }

    /** A key with its value. */
    static ObjectNode valueOf(Seen item, ObjectNode document) {
        return Shapes.with(keyed(item), "value", document);
    }

    /** A key that has no value any more. */
    static ObjectNode removal(Seen item) {
        ObjectNode removed = JsonText.object().put("type", "boolean").put("const", true);
        return Shapes.with(keyed(item), "removed", removed);
    }

    private static ObjectNode keyed(Seen item) {
        return item.isOutside()
                ? Shapes.record(Shapes.text("key"))
                : Shapes.record(Shapes.text("key"), Shapes.field("version", Scalar.INT64));
    }

    private static void get(Operation operation, Seen item) {
        key(operation, item)
                .header(KnownHeader.IF_NONE_MATCH)
                .answer(200, "The newest value.", ofValue(item))
                .content(200, Operation.JSON, document(operation, item))
                .answer(304, "The caller has it already.", KnownHeader.ETAG, KnownHeader.FAIRLEAD_AGE)
                .problems("no-value")
                .problems(READING);
    }

    private static KnownHeader[] ofValue(Seen item) {
        Stream<KnownHeader> all = Stream.of(
                KnownHeader.ETAG,
                KnownHeader.CACHE_CONTROL,
                KnownHeader.AGE,
                KnownHeader.FAIRLEAD_AGE,
                KnownHeader.HEALTH,
                KnownHeader.RETIRED);
        Stream<KnownHeader> inside =
                item.isOutside() ? Stream.of() : Stream.of(KnownHeader.LAST_MODIFIED, KnownHeader.VERSION);
        return Stream.concat(all, inside).toArray(KnownHeader[]::new);
    }

    private static void page(Operation operation, Seen item) {
        ObjectNode entry = entry(operation, item);
        ObjectNode page = operation.schema(item.id() + "_page", () -> {
            ObjectNode values = Shapes.record(Shapes.optionalText("next"));
            return Shapes.with(values, "values", Shapes.list(entry));
        });
        operation
                .query("after", "The key behind which the page begins.", Shapes.text())
                .query("limit", "How many at most.", Shapes.number(1, 1_000, 100));
        for (Field field : content(item).fields().list()) {
            if (item.searched().contains(field.name()) && SecondaryIndex.isSearchable(field)) {
                operation.query(
                        "by." + field.name(),
                        "Only values with this " + field.name() + ".",
                        Shapes.of(field.type().required()));
            }
        }
        operation
                .answer(
                        200,
                        "A page, in the order of the keys.",
                        KnownHeader.LINK,
                        KnownHeader.CACHE_CONTROL,
                        KnownHeader.FAIRLEAD_AGE,
                        KnownHeader.HEALTH)
                .content(200, Operation.JSON, page)
                .content(200, Operation.LINES, lines(entry))
                .problems("not-acceptable")
                .problems(READING);
    }

    /** Text, each line of which is JSON. */
    static ObjectNode lines(ObjectNode each) {
        ObjectNode lines = Shapes.text().put("description", "A line of JSON for each.");
        lines.set("x-line", each);
        return lines;
    }

    private static void put(Operation operation, Seen item) {
        key(operation, item)
                .header(KnownHeader.IF_MATCH, KnownHeader.IF_NONE_MATCH)
                .body(Operation.JSON, document(operation, item))
                .problems(WRITING);
        for (int status : new int[] {200, 201}) {
            operation
                    .answer(status, status == 200 ? "Written over." : "Written for the first time.", KnownHeader.ETAG)
                    .content(status, Operation.JSON, operation.schema("Receipt", Shapes::receipt));
        }
    }

    private static void delete(Operation operation, Seen item) {
        key(operation, item)
                .header(KnownHeader.IF_MATCH, KnownHeader.IF_NONE_MATCH)
                .answer(200, "Removed.")
                .content(200, Operation.JSON, operation.schema("Receipt", Shapes::receipt))
                .problems("no-value", "bad-value")
                .problems(WRITING);
    }

    private static void changes(Operation operation, Seen item) {
        ObjectNode value = entry(operation, item);
        ObjectNode removed = operation.schema("Removed", () -> removal(item));
        ObjectNode change = operation.schema(item.id() + "_change", () -> Shapes.any(List.of(value, removed)));
        ObjectNode page = operation.schema(
                item.id() + "_changes",
                () -> Shapes.with(Shapes.record(Shapes.text("next")), "changes", Shapes.list(change)));
        operation
                .query("from", "What an earlier answer had under next; without it everything comes.", Shapes.text())
                .query("limit", "How many at most, of a page.", Shapes.number(1, 1_000, 100))
                .query(
                        "conflate",
                        "How much time a stream lets pass at least between two changes of a key, from 100ms to 5s.",
                        Shapes.text().put("pattern", "^[0-9]{1,4}(ms|s)$"))
                .query("wait", "How many seconds a page waits for a change.", Shapes.number(0, 20, 0))
                .header(KnownHeader.LAST_EVENT_ID)
                .answer(200, "Of each key the newest change behind the place, in order.", KnownHeader.NEXT)
                .content(200, Operation.JSON, page)
                .content(200, Operation.LINES, lines(change))
                .content(
                        200,
                        STREAM,
                        Shapes.text()
                                .put(
                                        "description",
                                        "Events put, removed, health and must-refetch; /asyncapi.json has what they hold."))
                .problems("must-refetch", "not-acceptable")
                .problems(READING);
    }
}
