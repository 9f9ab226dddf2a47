package dev.fairlead.node.description;

import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewer;
import dev.fairlead.planner.Content;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Keys that are erased, by their owner. */
final class ErasureDescriptions {
    private static final String[] STORE = {
        "fenced", "unreachable", "deadline", "outcome-unknown", "storage-full", "capability"
    };

    private ErasureDescriptions() {}

    static List<ItemRoute> routes() {
        return List.of(
                new ItemRoute(
                        "POST",
                        "/items/{owner}/{item}/{key}/erase",
                        "erase",
                        "Erases a key: nothing of its values is left.",
                        (item, viewer) -> item.isOwn() && item.content() instanceof Content.State,
                        ErasureDescriptions::ofState),
                new ItemRoute(
                        "POST",
                        "/events/{owner}/{item}/{key}/erase",
                        "erase",
                        "Erases a key: nothing of its events is left.",
                        (item, viewer) -> item.isOwn() && item.content() instanceof Content.Events,
                        ErasureDescriptions::ofEvents),
                new ItemRoute(
                        "GET",
                        "/erasures/{owner}/{item}",
                        "list-erasures",
                        "What was erased, and who has done his part.",
                        ErasureDescriptions::isFor,
                        ErasureDescriptions::list));
    }

    private static boolean isFor(Seen item, Viewer viewer) {
        return item.isOwn() && !(item.content() instanceof Content.Request);
    }

    private static void ofState(Operation operation, Seen item) {
        StateDescriptions.key(operation, item).problems("bad-value");
        erased(operation);
    }

    private static void ofEvents(Operation operation, Seen item) {
        EventDescriptions.key(operation, item).problems("bad-value");
        erased(operation);
    }

    private static void erased(Operation operation) {
        operation
                .answer(
                        200,
                        "Nothing of it is left in the log and its files; the holders do their part as they come to it.")
                .content(200, Operation.JSON, erasure(operation))
                .problems(STORE);
    }

    private static ObjectNode erasure(Operation operation) {
        ObjectNode holder = operation.schema(
                "Holder",
                () -> Shapes.record(
                        Shapes.text("name"),
                        Shapes.field("done", Scalar.BOOL),
                        Shapes.field("acknowledged", new FieldType.Optional(Scalar.INSTANT)),
                        Shapes.optionalText("failure")));
        return operation.schema("Erasure", () -> {
            ObjectNode erasure = Shapes.record(
                    Shapes.text("item"),
                    Shapes.text("key"),
                    Shapes.text("position"),
                    Shapes.field("asked", Scalar.INSTANT),
                    Shapes.field("complete", Scalar.BOOL));
            return Shapes.with(erasure, "holders", Shapes.list(holder));
        });
    }

    private static void list(Operation operation, Seen item) {
        ObjectNode erasure = erasure(operation);
        operation
                .answer(200, "Of each key the last erasure, the oldest first.")
                .content(
                        200,
                        Operation.JSON,
                        operation.schema(
                                "Erasures", () -> Shapes.with(Shapes.record(), "erasures", Shapes.list(erasure))))
                .problems(STORE);
    }
}
