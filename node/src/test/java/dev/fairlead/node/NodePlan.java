package dev.fairlead.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small landscape: profile owns state and events, billing reads some fields, shipping some of the events. */
final class NodePlan {
    private static final String PROFILE = """
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
                  visits: int32?
              level:
                kind: state
                key: number
                fields: { number: int64, amount: "decimal(12,2)", since: date? }
              sale:
                kind: event
                key: saleId
                events:
                  ItemAdded: { sku: string, quantity: int32 }
                  CouponApplied: { code: string }
              quote:
                kind: request
                question: { sku: string, quantity: int32 }
                answer: { amount: "decimal(12,2)", note: string? }
                deadline: 20s
              rate:
                kind: request
                question: { sku: string }
                answer: { amount: "decimal(12,2)" }
                deadline: 20s
                idempotent: true
              welcome:
                kind: request
                delivery: guaranteed
                question: { customerId: string }
                when-failing: { attempts: 2, first-delay: 1ms, longest-delay: 1ms }
            """;

    private static final String BILLING = """
            service: billing
            needs:
              profile.profile:
                uses: [ customerId, name ]
                within: 60s
                when-stale: refuse
                why: invoices carry the name
              profile.quote:
                uses: [ amount ]
                why: an invoice is checked against the quote
              profile.welcome:
                why: the first invoice welcomes
            """;

    private static final String SHIPPING = """
            service: shipping
            needs:
              profile.sale:
                uses: [ ItemAdded.sku ]
                why: goods are packed
                when-failing: { attempts: 2, first-delay: 1ms, longest-delay: 1ms }
            """;

    private NodePlan() {}

    static Path in(Path folder) {
        try {
            Path plan = Files.createDirectories(folder.resolve("plan"));
            Files.writeString(plan.resolve("profile.yaml"), PROFILE);
            Files.writeString(plan.resolve("billing.yaml"), BILLING);
            Files.writeString(plan.resolve("shipping.yaml"), SHIPPING);
            return plan;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a profile looks like. */
    static String profile(String id, String name) {
        return "{\"customerId\":\"%s\",\"name\":\"%s\",\"email\":\"ada@example.org\"}".formatted(id, name);
    }
}
