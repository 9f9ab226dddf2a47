package dev.fairlead.planner.lock;

import dev.fairlead.planner.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a lock file.
 *
 * @param lock null when there is no file, or when it has faults
 * @param findings what is wrong with it
 */
public record LockResult(@Nullable Lock lock, List<Finding> findings) {
    public LockResult {
        findings = List.copyOf(findings);
    }
}
