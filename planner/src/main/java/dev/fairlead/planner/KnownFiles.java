package dev.fairlead.planner;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What files were found to say, so that a file that is the same in another version of a plan is not read again.
 *
 * <p>A service that comes from here has its places in the file that was read first. Files with faults, or that import a schema, are always
 * read. For one reading after the other, not for several at once.
 */
public final class KnownFiles {
    private final Map<String, ServicePlan> services = new HashMap<>();
    private final Map<String, ServicePlan> fresh = new HashMap<>();

    /** Names a file by its last name and all its bytes: there is nothing cheaper to tell two files apart by, and nothing surer. */
    static String key(String name, byte[] bytes) {
        return name.substring(name.lastIndexOf('/') + 1) + '/' + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** What the file says, from an earlier reading; null when none has had it. */
    @Nullable
    ServicePlan find(String key) {
        return services.get(key);
    }

    /** Notes what a file says, for readings that begin after {@link #settle()}. */
    void note(String key, ServiceFile.Content content) {
        ServicePlan service = content.service();
        boolean isPlain = service != null
                && content.findings().isEmpty()
                && service.shares().stream().allMatch(share -> share.schema() == null);
        if (isPlain) {
            fresh.put(key, service);
        }
    }

    /** Ends a reading: two files of one plan are never taken for one another. */
    void settle() {
        services.putAll(fresh);
        fresh.clear();
    }
}
