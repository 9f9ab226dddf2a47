package dev.fairlead.testbed;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;

/** A small store: what checkout sells, shipping sends and tells payment; the storefront shows the parcels. */
final class Store {
    static final String CHECKOUT = """
            service: checkout
            shares:
              sale:
                kind: event
                key: saleId
                events: { Paid: { sku: string } }
            """;
    static final String SHIPPING = """
            service: shipping
            shares:
              parcel: { kind: state, key: saleId, fields: { saleId: string, sku: string } }
              sent:
                kind: event
                key: saleId
                events: { Sent: { sku: string } }
            needs:
              checkout.sale: { why: what is paid is sent }
              payment.charge: { why: what is sent is charged }
            """;
    static final String PAYMENT = """
            service: payment
            shares:
              charge: { kind: request, delivery: guaranteed, question: { saleId: string } }
              rate: { kind: request, question: { sku: string }, answer: { sku: string }, deadline: 5s }
            needs:
              shipping.sent: { why: statistics }
            """;
    static final String STOREFRONT = """
            service: storefront
            needs:
              shipping.parcel: { within: 5s, when-stale: refuse, conflate: 5ms, why: customers ask }
              payment.rate: { why: customers ask }
            """;

    record Parcel(String saleId, String sku) {}

    record Charge(String saleId) {}

    record Rate(String sku) {}

    sealed interface Sale {}

    record Paid(String sku) implements Sale {}

    sealed interface Dispatch {}

    record Sent(String sku) implements Dispatch {}

    static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);
    static final EventItem<String, Dispatch> SENT = EventItem.of("shipping.sent", String.class, Dispatch.class);
    static final StateItem<String, Parcel> PARCELS = StateItem.of("shipping.parcel", String.class, Parcel.class);
    static final TellItem<Charge> CHARGE = TellItem.of("payment.charge", Charge.class);
    static final RequestItem<Rate, Rate> RATE = RequestItem.of("payment.rate", Rate.class, Rate.class);

    private Store() {}

    static TestLandscape open() {
        return TestLandscape.of(CHECKOUT, SHIPPING, PAYMENT, STOREFRONT);
    }
}
