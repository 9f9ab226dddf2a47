package dev.fairlead.planner.report;

import dev.fairlead.planner.Severity;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a landscape as SVG: services as boxes with their items, and for each need a line from the item to its reader, coloured by
 * scenario. In a landscape of many services boxes show no items, and lines of one sort between two services are one.
 */
final class Picture {
    private static final int MANY = 40;
    private static final int ROW = 20;
    private static final int HEAD = 28;
    private static final int MARGIN = 22;
    private static final int PASSING = 8;
    private static final double LETTER = 7.2;

    /** Between boxes, and between columns. */
    private final int gap;

    private final int way;

    private final JudgedPlan judged;
    private final boolean isLarge;
    private final List<Flow> flows;
    private final Layers layers;
    private final Map<String, ServiceReport> reports = new HashMap<>();
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, Integer> passings = new HashMap<>();
    private final List<Integer> columnStarts = new ArrayList<>();
    private final List<Integer> columnWidths = new ArrayList<>();
    private final Html svg = new Html();

    private record Box(int x, int y, int width, int height) {}

    private Picture(JudgedPlan judged) {
        this.judged = judged;
        this.isLarge = judged.plan().services().size() > MANY;
        this.gap = isLarge ? 8 : 22;
        this.way = isLarge ? 80 : 110;
        this.flows = Flow.of(judged);
        ServiceReport.worstFirst(judged)
                .forEach(each -> reports.put(each.service().name(), each));
        this.layers = new Layers(
                judged.plan().services().stream().map(each -> each.name()).toList(), flows);
    }

    static String of(JudgedPlan judged) {
        return new Picture(judged).draw();
    }

    private String draw() {
        int height = place();
        int width = columnStarts.getLast() + columnWidths.getLast() + MARGIN;
        svg.open(
                "svg",
                "id",
                "landscape",
                "class",
                isLarge ? "large" : "small",
                "viewBox",
                "0 0 " + width + " " + height,
                "width",
                Integer.toString(width),
                "height",
                Integer.toString(height),
                "role",
                "img",
                "aria-label",
                "The services and what flows between them");
        svg.open("g", "id", "lines");
        lines();
        svg.close("g");
        svg.open("g", "id", "boxes");
        boxes.forEach(this::box);
        svg.close("g").close("svg");
        return svg.markup();
    }

    private int place() {
        List<Integer> heights = new ArrayList<>();
        int x = MARGIN;
        for (List<String> column : layers.columns()) {
            int width = column.stream()
                    .filter(each -> !Layers.isPassing(each))
                    .mapToInt(this::widthOf)
                    .max()
                    .orElse(0);
            columnStarts.add(x);
            columnWidths.add(width);
            x += width + way;
            heights.add(column.stream()
                    .mapToInt(each -> heightOf(each) + gapOf(each))
                    .sum());
        }
        int highest = heights.stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int column = 0; column < columnStarts.size(); column++) {
            int y = MARGIN + (highest - heights.get(column)) / 2;
            for (String each : layers.columns().get(column)) {
                int size = heightOf(each);
                if (Layers.isPassing(each)) {
                    passings.put(each, y + size / 2);
                } else {
                    boxes.put(each, new Box(columnStarts.get(column), y, columnWidths.get(column), size));
                }
                y += size + gapOf(each);
            }
        }
        return highest + 2 * MARGIN;
    }

    private int widthOf(String service) {
        int longest = service.length() + 4;
        for (Share share : sharesOf(service)) {
            longest = Math.max(longest, share.id().name().length() + 5);
        }
        return (int) Math.max(110, longest * LETTER + 24);
    }

    private int heightOf(String place) {
        return Layers.isPassing(place)
                ? (isLarge ? PASSING / 2 : PASSING)
                : HEAD + ROW * sharesOf(place).size();
    }

    private int gapOf(String place) {
        return Layers.isPassing(place) ? (isLarge ? 0 : 2) : gap;
    }

    private List<Share> sharesOf(String service) {
        ServiceReport report = reports.get(service);
        return report == null || isLarge ? List.of() : report.service().shares();
    }

    private void lines() {
        Map<String, Integer> drawn = new LinkedHashMap<>();
        for (Flow flow : flows) {
            String key = isLarge ? flow.owner() + " " + flow.reader() + " " + flow.sort() : flow.toString();
            if (drawn.merge(key, 1, Integer::sum) == 1) {
                line(flow);
            }
        }
    }

    private void line(Flow flow) {
        Box owner = boxes.get(flow.owner());
        Box reader = boxes.get(flow.reader());
        if (owner == null || reader == null) {
            return;
        }
        String path = layers.columnOf(flow.owner()) < layers.columnOf(flow.reader())
                ? forward(flow, owner, reader)
                : backward(flow, owner, reader);
        svg.open(
                "path",
                "class",
                "flow " + flow.sort(),
                "d",
                path,
                "data-owner",
                flow.owner(),
                "data-reader",
                flow.reader(),
                "data-item",
                flow.item().toString());
        svg.element("title", flow.item() + " to " + flow.reader() + ": " + flow.sort());
        svg.close("path");
    }

    private int rowOf(Flow flow, Box owner) {
        List<Share> shares = sharesOf(flow.owner());
        for (int row = 0; row < shares.size(); row++) {
            if (shares.get(row).id().equals(flow.item())) {
                return owner.y() + HEAD + ROW * row + ROW / 2 - 2;
            }
        }
        return owner.y() + HEAD / 2;
    }

    private String forward(Flow flow, Box owner, Box reader) {
        StringBuilder path = new StringBuilder();
        int x = owner.x() + owner.width();
        int y = rowOf(flow, owner);
        path.append(point("M", x, y));
        for (int column = layers.columnOf(flow.owner()) + 1; column < layers.columnOf(flow.reader()); column++) {
            int passing = passings.getOrDefault(Layers.passing(flow, column), y);
            int start = columnStarts.get(column);
            path.append(curve(x, y, start, passing));
            x = start + columnWidths.get(column);
            y = passing;
            path.append(point("L", x, y));
        }
        return path.append(curve(x, y, reader.x(), entry(reader))).toString();
    }

    /** From a right column to a left one: out to the right of the owner, over or under the boxes, and in at the reader. */
    private String backward(Flow flow, Box owner, Box reader) {
        int x = owner.x() + owner.width();
        int y = rowOf(flow, owner);
        StringBuilder path = new StringBuilder(point("M", owner.x(), y));
        if (layers.columnOf(flow.owner()) == layers.columnOf(flow.reader())) {
            return path.append(String.format(
                            Locale.ROOT,
                            "C%d %d %d %d %d %d",
                            owner.x() - 60,
                            y,
                            reader.x() - 60,
                            entry(reader),
                            reader.x(),
                            entry(reader)))
                    .toString();
        }
        x = owner.x();
        for (int column = layers.columnOf(flow.owner()) - 1; column > layers.columnOf(flow.reader()); column--) {
            int passing = passings.getOrDefault(Layers.passing(flow, column), y);
            int end = columnStarts.get(column) + columnWidths.get(column);
            path.append(curve(x, y, end, passing));
            x = columnStarts.get(column);
            y = passing;
            path.append(point("L", x, y));
        }
        return path.append(curve(x, y, reader.x() + reader.width(), entry(reader)))
                .toString();
    }

    private static int entry(Box reader) {
        return reader.y() + HEAD / 2;
    }

    private static String point(String move, int x, int y) {
        return move + x + " " + y;
    }

    private static String curve(int fromX, int fromY, int toX, int toY) {
        int middle = (fromX + toX) / 2;
        return "C" + middle + " " + fromY + " " + middle + " " + toY + " " + toX + " " + toY;
    }

    private void box(String name, Box box) {
        ServiceReport report = reports.get(name);
        Severity worst = report == null ? null : report.worst();
        svg.open(
                "g",
                "class",
                "service" + (worst == null ? "" : " " + worst.word()),
                "data-service",
                name,
                "tabindex",
                "0",
                "transform",
                "translate(" + box.x() + " " + box.y() + ")");
        svg.element("title", name + (report == null ? "" : ": findings " + Wording.counts(report.findings())));
        svg.open(
                        "rect",
                        "class",
                        "body",
                        "width",
                        Integer.toString(box.width()),
                        "height",
                        Integer.toString(box.height()),
                        "rx",
                        "6")
                .close("rect");
        svg.element("text", name, "class", "name", "x", "12", "y", "19");
        if (worst != null) {
            svg.open(
                            "circle",
                            "class",
                            "mark " + worst.word(),
                            "cx",
                            Integer.toString(box.width() - 14),
                            "cy",
                            "14",
                            "r",
                            "5")
                    .close("circle");
        }
        int y = HEAD + 12;
        for (Share share : sharesOf(name)) {
            svg.element("text", sign(share), "class", "kind", "x", "12", "y", Integer.toString(y));
            svg.element("text", share.id().name(), "class", "item", "x", "28", "y", Integer.toString(y));
            y += ROW;
        }
        svg.close("g");
    }

    private static String sign(Share share) {
        return switch (share.kind()) {
            case STATE -> "\u25a0";
            case EVENT -> "\u25b6";
            case REQUEST -> "?";
        };
    }
}
