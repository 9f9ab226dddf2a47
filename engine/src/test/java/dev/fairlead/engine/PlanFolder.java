package dev.fairlead.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small landscape on disk: profile owns the profiles, billing reads some fields of them, audit reads all. */
final class PlanFolder {
    static final String PROFILE = """
            service: profile
            clearance: personal
            shares:
              profile:
                kind: state
                key: customerId
                fields:
                  customerId: string
                  name: string
                  email: { type: string, class: personal }
                  visits: int32
            """;

    static final String BILLING = """
            service: billing
            needs:
              profile.profile:
                uses: [ customerId, name ]
                within: 5s
                why: invoices carry the name
            """;

    static final String AUDIT = """
            service: audit
            clearance: personal
            needs:
              profile.profile:
                uses: [ customerId, name, email, visits ]
                within: 5s
                conflate: 20ms
                why: everything is audited
            """;

    private PlanFolder() {}

    static Path in(Path folder, String durability) {
        write(folder, "profile.yaml", PROFILE);
        write(folder, "billing.yaml", BILLING);
        write(folder, "audit.yaml", AUDIT);
        write(folder, "landscape.yaml", "mechanisms:\n  embedded: { data: data, durability: " + durability + " }\n");
        return folder;
    }

    static void write(Path folder, String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
