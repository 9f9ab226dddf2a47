package dev.fairlead.planner.report;

import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the picture of a landscape in the language of Mermaid: services, and lines from owner to reader, by scenario. Lines of one
 * sort between two services are one. A landscape with more lines than Mermaid draws by default is drawn by bounded context.
 */
public final class MermaidReport {
    /** Mermaid refuses more than 500 lines unless told otherwise, and counts each once. */
    private static final int MOST_LINES = 480;

    private static final int NAMED_ITEMS = 3;
    private static final Map<String, String> ARROWS = new LinkedHashMap<>();

    static {
        ARROWS.put("feed", "-->");
        ARROWS.put("request", "-.->");
        ARROWS.put("events", "==>");
        ARROWS.put("direct", "--x");
    }

    private static final Map<String, String> COLOURS =
            Map.of("feed", "#0f7b6c", "request", "#b4540a", "events", "#6a3fc4", "direct", "#c0243c");

    private final JudgedPlan judged;
    private final StringBuilder text = new StringBuilder();

    private record Line(String owner, String reader, String sort) {}

    private MermaidReport(JudgedPlan judged) {
        this.judged = judged;
    }

    /** The whole picture. */
    public static String of(JudgedPlan judged) {
        return new MermaidReport(judged).write();
    }

    private String write() {
        Map<String, String> services = new LinkedHashMap<>();
        judged.plan().services().forEach(service -> services.put(service.name(), service.name()));
        Map<Line, Set<String>> lines = lines(services);
        text.append("flowchart LR\n");
        if (lines.size() > MOST_LINES) {
            judged.plan().services().forEach(service -> services.put(service.name(), context(service)));
            lines = lines(services);
            text.append("  %% by bounded context: there are too many lines between services\n");
        }
        draw(services, lines);
        return text.toString();
    }

    /** The context's name when it is plain enough to be a label, else the service's. */
    private static String context(ServicePlan service) {
        String context = service.team().context();
        return context == null || !context.matches("[a-zA-Z0-9][a-zA-Z0-9 -]{0,47}") ? service.name() : context;
    }

    private Map<Line, Set<String>> lines(Map<String, String> services) {
        Map<Line, Set<String>> lines = new LinkedHashMap<>();
        for (Flow flow : Flow.of(judged)) {
            String owner = services.getOrDefault(flow.owner(), flow.owner());
            String reader = services.getOrDefault(flow.reader(), flow.reader());
            if (!owner.equals(reader)) {
                lines.computeIfAbsent(new Line(owner, reader, flow.sort()), line -> new TreeSet<>())
                        .add(flow.item().name());
            }
        }
        return lines;
    }

    private void draw(Map<String, String> services, Map<Line, Set<String>> lines) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String name : new LinkedHashSet<>(services.values())) {
            ids.put(name, "s" + ids.size());
            text.append("  ").append(ids.get(name)).append("[\"").append(name).append("\"]\n");
        }
        Map<String, List<Integer>> bySort = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<Line, Set<String>> each : lines.entrySet()) {
            Line line = each.getKey();
            text.append("  ").append(ids.get(line.owner())).append(' ').append(ARROWS.get(line.sort()));
            text.append("|\"")
                    .append(label(each.getValue()))
                    .append("\"| ")
                    .append(ids.get(line.reader()))
                    .append('\n');
            bySort.computeIfAbsent(line.sort(), sort -> new ArrayList<>()).add(number++);
        }
        bySort.forEach((sort, numbers) -> text.append("  linkStyle ")
                .append(String.join(",", numbers.stream().map(Object::toString).toList()))
                .append(" stroke:")
                .append(COLOURS.get(sort))
                .append('\n'));
        mark(services, ids, Severity.ERROR, "stroke:#c0243c,stroke-width:3px");
        mark(services, ids, Severity.WARNING, "stroke:#a86300,stroke-width:2px");
    }

    private static String label(Set<String> items) {
        List<String> names = List.copyOf(items);
        return names.size() <= NAMED_ITEMS
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED_ITEMS)) + " +" + (names.size() - NAMED_ITEMS);
    }

    private void mark(Map<String, String> services, Map<String, String> ids, Severity severity, String style) {
        Set<String> marked = new LinkedHashSet<>();
        ServiceReport.worstFirst(judged).stream()
                .filter(each -> each.worst() == severity)
                .forEach(each -> marked.add(
                        ids.getOrDefault(services.getOrDefault(each.service().name(), ""), "s0")));
        if (!marked.isEmpty()) {
            text.append("  classDef ")
                    .append(severity.word())
                    .append(' ')
                    .append(style)
                    .append('\n');
            text.append("  class ")
                    .append(String.join(",", marked))
                    .append(' ')
                    .append(severity.word())
                    .append('\n');
        }
    }
}
