package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.StateItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan of two services, one with profiles and visits and one that counts, whose landscape names a server of Kafka. */
final class Visits {
    private static final String PROFILE = """
            service: profile
            shares:
              profile:
                kind: state
                key: customerId
                fields: { customerId: string, name: string }
              visit:
                kind: event
                key: customerId
                events:
                  Came: { page: string }
            """;

    private static final String BILLING = """
            service: billing
            needs:
              profile.profile:
                uses: [ customerId, name ]
                within: 5s
                why: invoices carry the name
              profile.visit:
                why: visits are counted
            """;

    static final StateItem<String, Profile> PROFILES = StateItem.of("profile.profile", String.class, Profile.class);
    static final EventItem<String, Visit> ITEM = EventItem.of("profile.visit", String.class, Visit.class);

    private Visits() {}

    record Profile(String customerId, String name) {}

    sealed interface Visit permits Came {}

    record Came(String page) implements Visit {}

    static void writePlan(Path folder, String url) throws IOException {
        Files.writeString(folder.resolve("profile.yaml"), PROFILE);
        Files.writeString(folder.resolve("billing.yaml"), BILLING);
        Files.writeString(
                folder.resolve("landscape.yaml"),
                "mechanisms:\n  kafka: { url: \"" + url + "\", timeout: 60s, prefix: \"" + prefix(folder) + "\" }\n");
    }

    /** What the names of topics begin with. */
    static String prefix(Path folder) {
        return "plan-" + Integer.toHexString(folder.hashCode()) + "-";
    }
}
