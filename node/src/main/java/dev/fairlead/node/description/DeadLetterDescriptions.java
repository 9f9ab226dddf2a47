package dev.fairlead.node.description;

import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewer;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What was told and set aside, for the operator. */
final class DeadLetterDescriptions {
    private static final String ALL = "/dead-letters/{owner}/{item}";
    private static final String ONE = ALL + "/{number}";
    private static final String[] STORE = {
        "not-found", "unreachable", "deadline", "outcome-unknown", "storage-full", "capability"
    };
    private static final int LONGEST_REASON = 1_000;

    private DeadLetterDescriptions() {}

    static List<ItemRoute> routes() {
        return List.of(
                new ItemRoute(
                        "GET",
                        ALL,
                        "list-dead-letters",
                        "What was told and set aside, in pages.",
                        DeadLetterDescriptions::isFor,
                        DeadLetterDescriptions::list),
                new ItemRoute(
                        "GET",
                        ONE,
                        "show-dead-letter",
                        "What was told in a dead letter.",
                        DeadLetterDescriptions::isFor,
                        DeadLetterDescriptions::show),
                new ItemRoute(
                        "POST",
                        ONE + "/redrive",
                        "redrive-dead-letter",
                        "Sends a dead letter again.",
                        DeadLetterDescriptions::isFor,
                        DeadLetterDescriptions::redrive),
                new ItemRoute(
                        "DELETE",
                        ONE,
                        "drop-dead-letter",
                        "Drops a dead letter; the reason is kept.",
                        DeadLetterDescriptions::isFor,
                        DeadLetterDescriptions::drop));
    }

    private static boolean isFor(Seen item, Viewer viewer) {
        return viewer == Viewer.OPERATOR && RequestDescriptions.isTold(item, viewer);
    }

    private static void list(Operation operation, Seen item) {
        ObjectNode letter = operation.schema(
                "DeadLetter",
                () -> Shapes.record(
                        Shapes.field("number", Scalar.INT64),
                        Shapes.field("key", Scalar.UUID),
                        Shapes.field("attempts", Scalar.INT32),
                        Shapes.field("since", Scalar.INSTANT),
                        Shapes.text("error")));
        operation
                .query("after", "The number behind which the page begins.", number())
                .query("limit", "How many at most.", Shapes.number(1, 1_000, 100))
                .answer(200, "A page, the oldest first.")
                .content(
                        200,
                        Operation.JSON,
                        operation.schema(
                                "DeadLetters", () -> Shapes.with(Shapes.record(), "deadLetters", Shapes.list(letter))))
                .problems(STORE);
    }

    private static ObjectNode number() {
        return Shapes.of(Scalar.INT64).put("minimum", 0).put("maximum", 999_999_999_999_999_999L);
    }

    private static Operation one(Operation operation) {
        return operation
                .path("number", "The number of the dead letter, as the list has it.", number())
                .problems(STORE);
    }

    private static void show(Operation operation, Seen item) {
        one(operation)
                .answer(200, "What was told.")
                .content(
                        200,
                        Operation.JSON,
                        item.questionForm()
                                .record(RequestDescriptions.content(item).question()));
    }

    private static void redrive(Operation operation, Seen item) {
        one(operation).answer(204, "It is sent again.");
    }

    private static void drop(Operation operation, Seen item) {
        one(operation)
                .neededQuery("reason", "Why.", Shapes.text().put("minLength", 1).put("maxLength", LONGEST_REASON))
                .answer(204, "Dropped.");
    }
}
