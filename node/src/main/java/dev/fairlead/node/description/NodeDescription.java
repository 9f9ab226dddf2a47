package dev.fairlead.node.description;

import dev.fairlead.generate.JsonText;
import dev.fairlead.generate.Seen;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes a node to each caller: what this caller may do there, and nothing else.
 *
 * <p>A description is made when it is asked for, and those of the callers that asked last are kept. Safe for many threads; making blocks
 * the others that ask.
 */
public final class NodeDescription {
    private static final int KEPT = 16;

    private final Plan plan;
    private final Trust trust;
    private final List<KnownProblem> problems;
    private final Map<String, Documents> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** @param problems all that the node answers with */
    public NodeDescription(Plan plan, Trust trust, List<KnownProblem> problems) {
        this.plan = plan;
        this.trust = trust;
        this.problems = List.copyOf(problems);
    }

    /** For a service of the plan: its own items, and of others what it declares; nothing stands for the operator, who gets all. */
    public Documents of(Optional<ServicePlan> service) {
        return kept(
                service.map(ServicePlan::name).orElse(""),
                () -> service.map(each -> Viewpoint.of(each, plan)).orElseGet(() -> Viewpoint.ofOperator(plan)));
    }

    /** For outside clients of this name: what is exposed to them, as they see it. */
    public Documents ofOutside(String clients) {
        return kept("outside " + clients, () -> Viewpoint.ofOutside(clients, plan));
    }

    private synchronized Documents kept(String name, Supplier<Viewpoint> viewpoint) {
        Documents known = kept.get(name);
        if (known == null) {
            known = made(viewpoint.get());
            kept.put(name, known);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return known;
    }

    private Documents made(Viewpoint viewpoint) {
        ObjectNode openApi = RestDocument.of(viewpoint, trust, problems);
        ObjectNode asyncApi = StreamDocument.of(viewpoint);
        return Documents.of(JsonText.of(openApi), JsonText.of(asyncApi), DocumentPage.of(openApi, asyncApi));
    }

    /** The policy under which a browser may show {@link Documents#page}: its own style sheet, and nothing else. */
    public static String pagePolicy() {
        return DocumentPage.POLICY;
    }

    /** The routes that the documents describe, each as {@code METHOD template}. */
    public static List<String> describedRoutes() {
        return ItemRoutes.all().stream().map(ItemRoute::name).toList();
    }

    /** Seen by one caller. */
    record Viewpoint(String title, String description, List<Seen> items, Viewer viewer) {
        static Viewpoint of(ServicePlan service, Plan plan) {
            return new Viewpoint(
                    service.name() + " at the node",
                    "What the service " + service.name() + " may do at this node, by the plan: its own items, and of"
                            + " other items what it declares. HEAD works wherever GET does.",
                    Seen.of(service, plan),
                    Viewer.SERVICE);
        }

        static Viewpoint ofOutside(String clients, Plan plan) {
            return new Viewpoint(
                    "The interface for " + clients,
                    "What is to be had here. HEAD works wherever GET does.",
                    Seen.outside(clients, plan),
                    Viewer.OUTSIDE);
        }

        static Viewpoint ofOperator(Plan plan) {
            return new Viewpoint(
                    "The node",
                    "All items of the plan, as the operator of this node sees them. A service is shown its part when it"
                            + " asks for this document. HEAD works wherever GET does.",
                    Seen.everything(plan),
                    Viewer.OPERATOR);
        }
    }

    /** Who looks. */
    enum Viewer {
        OPERATOR,
        SERVICE,
        OUTSIDE
    }
}
