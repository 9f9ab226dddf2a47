package dev.fairlead.cli;

import java.io.IOException;
<<<<<<< HEAD
=======
import java.nio.charset.StandardCharsets;
>>>>>>> trading
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
<<<<<<< HEAD
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
=======
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code --report} writes; scripts rely on the keys.
 *
 * @param command what was run
 * @param seed with which it can be run again
 * @param passed whether all checks passed
 * @param checks in the order in which they were judged
 * @param figures what was measured, units in the names
 */
record RunReport(String command, long seed, boolean passed, List<Check> checks, Map<String, Number> figures) {
    record Check(String name, boolean passed, String detail) {}

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Fails before a long run, and not after it, when its report could not be written. */
    static void refuseUnwritable(CommandLine command, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ParameterException(
                    command, "cannot write --report " + file + " (name a file in a folder that exists and is writable)");
        }
    }

    void write(CommandLine command, Path file) {
        try {
            Files.write(file, (MAPPER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new ParameterException(
                    command, "cannot write --report " + file + ": " + failed.getClass().getSimpleName(), failed);
        }
>>>>>>> trading
    }
}
