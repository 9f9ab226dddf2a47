package dev.fairlead.cli;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.check.Change;
import dev.fairlead.planner.check.CheckFinding;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the findings of a check as JSON; scripts rely on its keys, and the same findings give the same bytes. */
final class CheckJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private CheckJson() {}

    static String text(List<CheckFinding> findings) {
        ObjectNode report = MAPPER.createObjectNode();
        ArrayNode list = report.putArray("findings");
        findings.stream()
                .sorted(Comparator.comparing(each -> each.finding().place()))
                .forEach(each -> finding(list.addObject(), each));
        return text(report);
    }

    private static void finding(ObjectNode node, CheckFinding each) {
        Finding finding = each.finding();
        node.put("rule", finding.rule().id())
                .put("severity", finding.severity().word())
                .put("message", finding.message())
                .put("file", finding.place().file())
                .put("line", finding.place().line())
                .put("column", finding.place().column());
        if (each.change() != null) {
            change(node, each.change());
        }
    }

    static void change(ObjectNode node, Change change) {
        node.put("change", change.text());
        if (change.mode() != null) {
            node.put("mode", change.mode().word());
        }
        ArrayNode readers = node.putArray("readers");
        change.readers().forEach(readers::add);
        if (change.witness() != null) {
            node.set("witness", MAPPER.readTree(change.witness()));
        }
        if (change.order() != null) {
            node.put("order", change.order());
        }
    }

    /** The tree in lines of two spaces, with a line end of one character on every system. */
    static String text(ObjectNode report) {
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
        return MAPPER.writer().with(printer).writeValueAsString(report) + "\n";
    }
}
