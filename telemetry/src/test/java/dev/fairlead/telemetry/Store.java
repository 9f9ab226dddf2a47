package dev.fairlead.telemetry;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.testbed.TestLandscape;

/** A small store: what checkout sells, shipping sends and payment charges; the storefront shows the parcels and asks for rates. */
final class Store {
    private static final String CHECKOUT = """
            service: checkout
            shares:
              sale:
                kind: event
                key: saleId
                events: { Paid: { sku: string } }
            """;
    private static final String SHIPPING = """
            service: shipping
            shares:
              parcel: { kind: state, key: saleId, fields: { saleId: string, sku: string } }
            needs:
              checkout.sale: { why: what is paid is sent }
              payment.charge: { why: what is sent is charged }
              payment.rate: { why: what it costs }
            """;
    private static final String PAYMENT = """
            service: payment
            shares:
              charge: { kind: request, delivery: guaranteed, question: { saleId: string } }
              rate: { kind: request, question: { sku: string }, answer: { sku: string }, deadline: 5s }
            """;
    private static final String STOREFRONT = """
            service: storefront
            needs:
              shipping.parcel: { within: 5s, why: customers ask }
            """;
    private static final String AUDIT = """
            service: audit
            needs:
              checkout.sale: { why: all is kept }
            """;

    record Parcel(String saleId, String sku) {}

    record Charge(String saleId) {}

    record Rate(String sku) {}

    sealed interface Sale {}

    record Paid(String sku) implements Sale {}

    static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);
    static final StateItem<String, Parcel> PARCELS = StateItem.of("shipping.parcel", String.class, Parcel.class);
    static final TellItem<Charge> CHARGE = TellItem.of("payment.charge", Charge.class);
    static final RequestItem<Rate, Rate> RATE = RequestItem.of("payment.rate", Rate.class, Rate.class);

    private Store() {}

    static TestLandscape open() {
        return TestLandscape.of(CHECKOUT, SHIPPING, PAYMENT, STOREFRONT, AUDIT);
    }
}
