package dev.fairlead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report of something that ran and was judged: a demo, a proof or a benchmark. Scripts rely on its keys.
 *
 * @param command what ran
 * @param seed what it was seeded with
 * @param checks what was judged
 * @param figures what was measured, units in the names
 */
record RunReport(String command, long seed, List<Check> checks, Map<String, ? extends Number> figures) {
    /** One verdict. */
    record Check(String name, boolean passed, String detail) {}

    private static final JsonMapper MAPPER = JsonMapper.shared();

    boolean passed() {
        return checks.stream().allMatch(Check::passed);
    }

    void write(Path file) throws IOException {
        ObjectNode report = MAPPER.createObjectNode();
        report.put("command", command);
        report.put("seed", seed);
        report.put("passed", passed());
        ArrayNode judged = report.putArray("checks");
        checks.forEach(check -> judged.addObject()
                .put("name", check.name())
                .put("passed", check.passed())
                .put("detail", check.detail()));
        ObjectNode measured = report.putObject("figures");
        figures.forEach((name, value) -> {
            if (value instanceof Double || value instanceof Float) {
                measured.put(name, value.doubleValue());
            } else {
                measured.put(name, value.longValue());
            }
        });
        Files.writeString(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }
}
