package dev.fairlead.cli;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.check.Change;
import dev.fairlead.planner.check.CheckFinding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the findings of a check as SARIF 2.1.0, for code scanning.
 *
 * <p>The fingerprint of a finding is that of its rule and message, not of its line, so that it stays the same when lines move.
 * Files are named relative to the folder in which the command runs, which in CI is the repository.
 */
final class CheckSarif {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    /** What code scanning takes at most. */
    private static final int MOST_RESULTS = 25_000;

    private CheckSarif() {}

    static String text(List<CheckFinding> findings) {
        ObjectNode log = MAPPER.createObjectNode();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "fairlead").put("semanticVersion", Version.number());
        List<CheckFinding> sorted = findings.stream()
                .sorted(CheckFinding.WORST_FIRST)
                .limit(MOST_RESULTS)
                .toList();
        List<String> rules = sorted.stream()
                .map(each -> each.finding().rule())
                .map(Rule::id)
                .distinct()
                .sorted()
                .toList();
        ArrayNode described = driver.putArray("rules");
        rules.forEach(rule -> described.addObject().put("id", rule));
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        sorted.forEach(each -> result(results.addObject(), each, rules));
        return CheckJson.text(log);
    }

    private static void result(ObjectNode result, CheckFinding each, List<String> rules) {
        Finding finding = each.finding();
        String rule = finding.rule().id();
        result.put("ruleId", rule).put("ruleIndex", rules.indexOf(rule)).put("level", level(finding.severity()));
        result.putObject("message").put("text", message(each));
        ObjectNode location = result.putArray("locations").addObject().putObject("physicalLocation");
        location.putObject("artifactLocation").put("uri", uri(finding.place().file()));
        location.putObject("region")
                .put("startLine", finding.place().line())
                .put("startColumn", finding.place().column());
        result.putObject("partialFingerprints").put("fairlead/v1", fingerprint(rule + " " + finding.message()));
        Change change = each.change();
        if (change != null) {
            CheckJson.change(result.putObject("properties"), change);
        }
    }

    private static String message(CheckFinding each) {
        Change change = each.change();
        return change == null || change.witness() == null
                ? each.finding().message()
                : each.finding().message() + " Witness: " + change.witness();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }

    /** A relative reference when the file lies below the current folder, as code scanning wants it; else a file URI. */
    private static String uri(String file) {
        Path here = Path.of("").toAbsolutePath();
        Path path = here.resolve(file).normalize();
        URI absolute = path.toUri();
        return path.startsWith(here) ? here.toUri().relativize(absolute).toString() : absolute.toString();
    }

    private static String fingerprint(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 32);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
