package dev.fairlead.engine;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.Fairlead;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;

/** A small landscape of events on disk: checkout owns the sales, shipping and audit read all of them, billing some fields. */
final class SalePlan {
    static final String CHECKOUT = """
            service: checkout
            shares:
              sale:
                kind: event
                key: saleId
                events:
                  ItemAdded: { sku: string, quantity: int32 }
                  CouponApplied: { code: string }
                  Closed: { }
            """;

    static final String SHIPPING = """
            service: shipping
            needs:
              checkout.sale:
                why: what was sold is shipped
            """;

    static final String BILLING = """
            service: billing
            needs:
              checkout.sale:
                uses: [ ItemAdded.sku, Closed ]
                when-unknown: skip
                why: invoices name the goods
            """;

    static final String AUDIT = """
            service: audit
            shares:
              report:
                kind: state
                key: id
                fields: { id: string }
            """;

    sealed interface Sale {}

    record ItemAdded(String sku, int quantity) implements Sale {}

    record CouponApplied(String code) implements Sale {}

    record Closed() implements Sale {}

    static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);

    private SalePlan() {}

    static Path in(Path folder, String durability) {
        PlanFolder.write(folder, "checkout.yaml", CHECKOUT);
        PlanFolder.write(folder, "shipping.yaml", SHIPPING);
        PlanFolder.write(folder, "billing.yaml", BILLING);
        PlanFolder.write(folder, "audit.yaml", AUDIT);
        String data = durability.equals("D0") ? "" : "data: data, ";
        PlanFolder.write(
                folder, "landscape.yaml", "mechanisms:\n  embedded: { " + data + "durability: " + durability + " }\n");
        return folder;
    }

    static Fairlead open(String service, Path plan, TimeSource time) {
        return Opening.of(service, plan).time(time).open();
    }
}
