package dev.fairlead.cli;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Events;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.Trace;
import java.time.Duration;
import java.util.function.Consumer;

/** The code that docs/tracing.md shows; {@link TracingPageTest} holds the two together and runs it. */
final class TracingExample {
    private TracingExample() {}

    record Parcel(String saleId, String sku) {}

    sealed interface Sale {}

    record Paid(String sku) implements Sale {}

    // entering begins
    static Receipt pay(Events<String, Sale> sales, String saleId, String traceparent) throws Exception {
        return Origin.of(Trace.parse(traceparent)).during(() -> sales.append(saleId, new Paid("85123A")));
    }
    // entering ends

    // leaving begins
    static Following<String, Sale> send(
            Events<String, Sale> sales, Owner<String, Parcel> parcels, Consumer<String> courier) {
        return sales.follow("parcels", Handler.effect(paid -> {
            parcels.put(new Parcel(paid.key(), "85123A"));
            courier.accept(Origin.current().orElseThrow().trace().next().traceparent());
        }));
    }
    // leaving ends

    // reading begins
    static Reading<Parcel> parcelAsOf(Copy<String, Parcel> parcels, String saleId, String receipt, Duration left) {
        return parcels.read(saleId, Receipt.parse(receipt), left);
    }
    // reading ends
}
