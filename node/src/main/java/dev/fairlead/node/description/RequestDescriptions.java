package dev.fairlead.node.description;

import dev.fairlead.api.Durability;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.contracts.Fields;
import dev.fairlead.generate.SchemaNodes;
import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewer;
import dev.fairlead.planner.Content;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Request items: asked, or told. */
final class RequestDescriptions {
    private static final String ITEM = "/requests/{owner}/{item}";

    private RequestDescriptions() {}

    static List<ItemRoute> routes() {
        return List.of(
                new ItemRoute(
                        "POST",
                        ITEM,
                        "ask",
                        "Asks the owner a question.",
                        RequestDescriptions::isAsked,
                        RequestDescriptions::ask),
                new ItemRoute(
                        "POST",
                        ITEM,
                        "tell",
                        "Tells the owner something, which is kept until it is handled.",
                        RequestDescriptions::isTold,
                        RequestDescriptions::tell));
    }

    static boolean isAsked(Seen item, Viewer viewer) {
        return item.content() instanceof Content.Request request && request.delivery() == Content.Delivery.ASKED;
    }

    static boolean isTold(Seen item, Viewer viewer) {
        return item.content() instanceof Content.Request request && request.delivery() == Content.Delivery.GUARANTEED;
    }

    static Content.Request content(Seen item) {
        return (Content.Request) item.content();
    }

    static ObjectNode answer(Operation operation, Seen item) {
        Fields answer = Objects.requireNonNullElse(content(item).answer(), Fields.NONE);
        return operation.schema(item.id() + "_answer", () -> item.form().record(answer));
    }

    /** What a caller sends must be exactly a question. */
    private static ObjectNode question(Operation operation, Seen item) {
        return operation.schema(
                item.id() + "_question",
                () -> SchemaNodes.CLOSED.record(content(item).question()));
    }

    private static Operation posted(Operation operation, Seen item) {
        return operation
                .header(KnownHeader.IDEMPOTENCY_KEY)
                .body(Operation.JSON, question(operation, item))
                .problems("idempotency-key-reused", "unreachable", "deadline", "outcome-unknown", "capability");
    }

    private static void ask(Operation operation, Seen item) {
        posted(operation, item)
                .header(KnownHeader.DEADLINE)
                .answer(200, "The answer.", KnownHeader.REPEATED)
                .content(200, Operation.JSON, answer(operation, item))
                .problems("refused", "failed");
    }

    private static void tell(Operation operation, Seen item) {
        posted(operation, item)
                .header(KnownHeader.NOT_BEFORE)
                .answer(202, "It is kept, until the owner has handled it.", KnownHeader.REPEATED)
                .content(202, Operation.JSON, operation.schema("Told", RequestDescriptions::receipt))
                .problems("storage-full", "fenced");
    }

    private static ObjectNode receipt() {
        return Shapes.with(
                Shapes.record(Shapes.text("item"), Shapes.field("key", Scalar.UUID)),
                "durability",
                Shapes.symbols(Durability.values()));
    }
}
