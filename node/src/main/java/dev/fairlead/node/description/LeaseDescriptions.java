package dev.fairlead.node.description;

import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.generate.Seen;
import dev.fairlead.node.description.NodeDescription.Viewer;
import dev.fairlead.planner.Content;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/** Work that is taken for a limited time, and settled. */
final class LeaseDescriptions {
    private static final String ITEM = "/leases/{owner}/{item}";
    private static final String LEASE = ITEM + "/{lease}";
    private static final String[] STORE = {
        "fenced", "unreachable", "deadline", "outcome-unknown", "storage-full", "capability"
    };

    private static final String GROUP = "^[a-z][a-z0-9-]{0,47}$";

    private LeaseDescriptions() {}

    static List<ItemRoute> routes() {
        return List.of(
                route("", "take", "Takes questions, what was told, or events of a group.", LeaseDescriptions::take),
                route(
                        "/acknowledge",
                        "acknowledge",
                        "Is done with it; a question is answered.",
                        LeaseDescriptions::acknowledge),
                route("/give-back", "give-back", "Lets it come again.", LeaseDescriptions::giveBack),
                route(
                        "/set-aside",
                        "set-aside",
                        "Fails it for good, or refuses a question.",
                        LeaseDescriptions::setAside));
    }

    private static ItemRoute route(String end, String verb, String summary, BiConsumer<Operation, Seen> description) {
        String template = end.isEmpty() ? ITEM : LEASE + end;
        return new ItemRoute("POST", template, verb, summary, LeaseDescriptions::isLeased, description);
    }

    /** Requests are worked on by their owner; events by whoever inside may read them. */
    private static boolean isLeased(Seen item, Viewer viewer) {
        return switch (item.content()) {
            case Content.State state -> false;
            case Content.Events events -> !item.isOutside();
            case Content.Request request -> item.isOwn();
        };
    }

    private static boolean isAsked(Seen item) {
        return RequestDescriptions.isAsked(item, Viewer.SERVICE);
    }

    private static boolean isEvents(Seen item) {
        return item.content() instanceof Content.Events;
    }

    private static void take(Operation operation, Seen item) {
        if (isEvents(item)) {
            operation.neededQuery(
                    "group",
                    "The group of the caller that takes them.",
                    Shapes.text().put("pattern", GROUP));
        }
        operation
                .query("limit", "How many at most.", Shapes.number(1, 100, 10))
                .query("wait", "How many seconds to wait for the first.", Shapes.number(0, 20, 0))
                .query("lease", "How many seconds each may be worked on.", Shapes.number(1, 3_600, 30))
                .answer(200, "What was taken; none when there was none in time.")
                .content(200, Operation.JSON, leases(operation, item))
                .problems(STORE)
                .problems("bad-value");
    }

    private static ObjectNode leases(Operation operation, Seen item) {
        return operation.schema(
                item.id() + "_leases",
                () -> Shapes.with(Shapes.record(), "leases", Shapes.list(lease(operation, item))));
    }

    private static ObjectNode lease(Operation operation, Seen item) {
        if (isEvents(item)) {
            return EventDescriptions.entry(
                    operation, item, Shapes.with(EventDescriptions.place(item), "lease", Shapes.text()));
        }
        ObjectNode lease = Shapes.record(
                Shapes.text("lease"), Shapes.field("key", Scalar.UUID), Shapes.field("attempt", Scalar.INT32));
        if (isAsked(item)) {
            Shapes.with(lease, "left", Shapes.of(Scalar.DURATION));
        }
        ObjectNode question =
                item.questionForm().record(RequestDescriptions.content(item).question());
        return Shapes.with(lease, "question", question);
    }

    private static Operation settled(Operation operation) {
        return operation
                .path("lease", "The lease, as it was taken.", Shapes.text())
                .answer(204, "Settled.")
                .problems("lease-over")
                .problems(STORE);
    }

    private static void acknowledge(Operation operation, Seen item) {
        settled(operation);
        if (isAsked(item)) {
            operation.body(Operation.JSON, RequestDescriptions.answer(operation, item));
        }
    }

    private static void giveBack(Operation operation, Seen item) {
        settled(operation);
        if (RequestDescriptions.isTold(item, Viewer.SERVICE)) {
            ObjectNode seconds = Shapes.number(1, 86_400, 1);
            seconds.remove("default");
            operation.query("delay", "In how many seconds it comes again; else as the plan says.", seconds);
        }
    }

    private static void setAside(Operation operation, Seen item) {
        ObjectNode reason = isAsked(item)
                ? operation.schema("Refusal", () -> Shapes.record(Shapes.text("code"), Shapes.text("message")))
                : operation.schema("Reason", () -> Shapes.record(Shapes.text("message")));
        settled(operation).body(Operation.JSON, reason);
    }
}
