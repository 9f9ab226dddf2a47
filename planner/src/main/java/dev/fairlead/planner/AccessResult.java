package dev.fairlead.planner;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading an access file.
 *
 * @param access null when there is an error among the findings
 * @param findings by line and column
 */
public record AccessResult(@Nullable Access access, List<Finding> findings) {
    public AccessResult {
        findings = List.copyOf(findings);
    }

    /** Reads the file. All faults come out at once, each at its place; nothing is thrown. Blocks while it reads. */
    public static AccessResult read(Path file) {
        Findings findings = new Findings();
        SourceText source = new SourceFiles(findings).read(file);
        Node root = source == null ? null : Tree.read(source, findings);
        Access access = root == null ? null : AccessSyntax.read(SourceFiles.shown(file), root, findings);
        return new AccessResult(findings.hasErrors() ? null : access, findings.sorted());
    }
}
