package dev.fairlead.planner;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of formatting plan files.
 *
 * @param changed the files whose text differs from the canonical one
 * @param findings faults because of which a file was left alone, and notes about files that have no canonical form
 */
public record FormatResult(List<Path> changed, List<Finding> findings) {
    public FormatResult {
        changed = List.copyOf(changed);
        findings = List.copyOf(findings);
    }

    /** Whether a file could not be read or written. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(Finding::isInputError);
    }
}
