package dev.fairlead.node.description;

import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.generate.JsonText;
import dev.fairlead.generate.Keys;
import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewer;
import dev.fairlead.planner.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Event items: appended and read. */
final class EventDescriptions {
    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";
    private static final String ALL = "/events/{owner}/{item}";
    private static final String KEY = "/events/{owner}/{item}/{key}";
    private static final int LARGEST_BATCH = 1_000;
    private static final String[] WRITING = {
        "version-conflict", "fenced", "unreachable", "deadline", "outcome-unknown", "storage-full", "capability"
    };

    private EventDescriptions() {}

    static List<ItemRoute> routes() {
        return List.of(
                new ItemRoute(
                        "GET",
                        ALL,
                        "read",
                        "The events of all keys, in pages.",
                        EventDescriptions::isSeen,
                        EventDescriptions::read),
                new ItemRoute(
                        "GET",
                        KEY,
                        "history",
                        "The events of one key, in pages.",
                        EventDescriptions::isSeen,
                        (to, of) -> read(key(to, of), of)),
                new ItemRoute(
                        "POST",
                        ALL,
                        "append-cloudevents",
                        "Appends CloudEvents, one or a batch.",
                        EventDescriptions::isOwned,
                        EventDescriptions::appendCloudEvents),
                new ItemRoute(
                        "POST",
                        KEY,
                        "append",
                        "Appends an event of one key.",
                        EventDescriptions::isOwned,
                        EventDescriptions::append));
    }

    static boolean isSeen(Seen item, Viewer viewer) {
        return item.content() instanceof Content.Events;
    }

    private static boolean isOwned(Seen item, Viewer viewer) {
        return isSeen(item, viewer) && item.isOwn();
    }

    static Operation key(Operation operation, Seen item) {
        Content.Events all = (Content.Events) item.share().content();
        List<FieldType> types = Keys.ofEvents(all);
        return operation.path("key", all.key(), types.size() == 1 ? Shapes.of(types.getFirst()) : Shapes.text());
    }

    /** By name of the event what this caller gets of it. */
    static Map<String, ObjectNode> documents(Operation operation, Seen item) {
        Map<String, ObjectNode> documents = new LinkedHashMap<>();
        ((Content.Events) item.content())
                .events()
                .forEach((name, fields) -> documents.put(
                        name,
                        operation.schema(
                                item.id() + "." + name, () -> item.form().record(fields))));
        return documents;
    }

    /** An event in a page, or leased: its place and, by its type, its document. */
    static ObjectNode entry(Operation operation, Seen item, ObjectNode about) {
        List<ObjectNode> variants = new ArrayList<>();
        documents(operation, item).forEach((name, document) -> {
            ObjectNode variant = about.deepCopy();
            Shapes.with(variant, "type", Shapes.constant(name));
            variants.add(Shapes.with(variant, "event", document));
        });
        return Shapes.any(variants);
    }

    /** Where an event is. */
    static ObjectNode place(Seen item) {
        ObjectNode place = Shapes.record(
                Shapes.text("key"), Shapes.field("version", Scalar.INT64), Shapes.field("time", Scalar.INSTANT));
        return item.isOutside() ? place : Shapes.with(place, "position", Shapes.text());
    }

    private static void read(Operation operation, Seen item) {
        ObjectNode entry = operation.schema(item.id() + "_event", () -> entry(operation, item, place(item)));
        ObjectNode page = operation.schema(item.id() + "_events", () -> {
            ObjectNode events = Shapes.record(Shapes.text("next"), Shapes.field("passedOver", Scalar.INT64));
            return Shapes.with(events, "events", Shapes.list(entry));
        });
        ObjectNode cloudEvent = cloudEvent(operation, item);
        List<ObjectNode> json = Stream.concat(Stream.of(page), documents(operation, item).values().stream())
                .toList();
        operation
                .query(
                        "from",
                        "What an earlier answer had under next; without it the page begins with the oldest.",
                        Shapes.text())
                .query("limit", "How many at most; in the forms for one event, 1.", Shapes.number(1, 1_000, 100))
                .query("mode", "binary for one CloudEvent in binary mode.", Shapes.symbols(List.of("binary")))
                .answer(
                        200,
                        "A page, of the events that the caller uses; or one event in binary or structured mode.",
                        KnownHeader.NEXT,
                        KnownHeader.CE_ID,
                        KnownHeader.CE_TYPE,
                        KnownHeader.CE_PARTITIONKEY,
                        KnownHeader.CE_TIME)
                .content(200, Operation.JSON, Shapes.any(json))
                .content(200, Operation.LINES, StateDescriptions.lines(entry))
                .content(200, BATCH, Shapes.list(cloudEvent))
                .content(200, STRUCTURED, cloudEvent)
                .answer(204, "In the forms for one event: there is none here.", KnownHeader.NEXT)
                .problems("must-refetch", "not-acceptable", "bad-value", "unreachable", "deadline");
    }

    private static ObjectNode cloudEvent(Operation operation, Seen item) {
        return operation.schema(item.id() + "_cloudevent", () -> {
            List<ObjectNode> variants = new ArrayList<>();
            documents(operation, item).forEach((name, document) -> {
                ObjectNode variant = Shapes.record(Shapes.text("id"), Shapes.text("source"));
                variant.remove("additionalProperties");
                Shapes.with(variant, "specversion", Shapes.constant("1.0"));
                Shapes.with(variant, "type", Shapes.symbols(List.of(item.id() + "." + name, name)));
                variant.withObject("/properties").set("partitionkey", Shapes.text());
                variant.withObject("/properties").set("subject", Shapes.text());
                variants.add(Shapes.with(variant, "data", document));
            });
            return Shapes.any(variants);
        });
    }

    private static void append(Operation operation, Seen item) {
        Map<String, ObjectNode> documents = documents(operation, item);
        key(operation, item)
                .neededQuery("type", "Which event it is.", Shapes.symbols(List.copyOf(documents.keySet())))
                .header(KnownHeader.IF_MATCH, KnownHeader.IF_NONE_MATCH)
                .body(Operation.JSON, Shapes.any(List.copyOf(documents.values())))
                .answer(201, "Appended.", KnownHeader.ETAG)
                .content(201, Operation.JSON, operation.schema("Receipt", Shapes::receipt))
                .problems(WRITING);
    }

    private static void appendCloudEvents(Operation operation, Seen item) {
        ObjectNode cloudEvent = cloudEvent(operation, item);
        ObjectNode receipt = operation.schema("Receipt", Shapes::receipt);
        ObjectNode receipts =
                operation.schema("Receipts", () -> Shapes.with(Shapes.record(), "receipts", Shapes.list(receipt)));
        operation
                .header(
                        KnownHeader.CE_SPECVERSION,
                        KnownHeader.CE_ID,
                        KnownHeader.CE_SOURCE,
                        KnownHeader.CE_TYPE,
                        KnownHeader.CE_PARTITIONKEY,
                        KnownHeader.CE_SUBJECT)
                .body(
                        Operation.JSON,
                        Shapes.any(List.copyOf(documents(operation, item).values())))
                .body(STRUCTURED, cloudEvent)
                .body(BATCH, batch(cloudEvent))
                .answer(201, "Appended; of a batch, all in its order.")
                .content(201, Operation.JSON, Shapes.any(List.of(receipt, receipts)))
                .problems(WRITING);
    }

    private static ObjectNode batch(ObjectNode cloudEvent) {
        ObjectNode batch = JsonText.object().put("minItems", 1).put("maxItems", LARGEST_BATCH);
        batch.setAll(Shapes.list(cloudEvent));
        return batch;
    }
}
