package dev.fairlead.benchmarks;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.engine.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** The items that requests, things told and events are measured with: a shop, and what asks, tells and follows it. */
final class Sales {
    record Question(String sku, int quantity) {}

    record Price(long cents, String currency) {}

    record Payment(String saleId, long cents, String currency, String card) {}

    sealed interface Sale {}

    record ItemAdded(String sku, String description, int quantity, long cents) implements Sale {}

    static final RequestItem<Question, Price> PRICE = RequestItem.of("shop.price", Question.class, Price.class);
    static final TellItem<Payment> PAY = TellItem.of("shop.pay", Payment.class);
    static final EventItem<String, Sale> SALE = EventItem.of("shop.sale", String.class, Sale.class);

    private static final String SHOP = """
            service: shop
            shares:
              price:
                kind: request
                question: { sku: string, quantity: int32 }
                answer: { cents: int64, currency: string }
                deadline: 60s
              pay:
                kind: request
                delivery: guaranteed
                question: { saleId: string, cents: int64, currency: string, card: string }
              sale:
                kind: event
                key: saleId
                events:
                  ItemAdded: { sku: string, description: string, quantity: int32, cents: int64 }
            """;
    private static final String TILL = """
            service: till
            needs:
              shop.price: { reads: 1k/s, why: to be measured }
              shop.pay: { why: to be measured }
              shop.sale: { why: to be measured }
            """;

    private Sales() {}

    /** Writes the plan; what is told and appended is kept at this durability. */
    static void writePlan(Path folder, String durability) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), SHOP);
        Files.writeString(folder.resolve("till.yaml"), TILL);
        Files.writeString(
                folder.resolve("landscape.yaml"),
                "mechanisms:\n  embedded: { data: data, durability: " + durability + " }\n");
    }

    static Fairlead open(String service, Path plan) {
        return Opening.of(service, plan).items(PRICE, PAY, SALE).open();
    }

    static String key(int number) {
        return "sale-" + number;
    }

    static Sale event(int number) {
        return new ItemAdded("85123A", "WHITE HANGING HEART T-LIGHT HOLDER", 1 + number % 12, 255);
    }

    /** Appends so many events, one to each key in turn; returns when the last is acknowledged. */
    static void append(Events<String, Sale> sales, int count, int keys) {
        CompletableFuture<Receipt> last = CompletableFuture.completedFuture(null);
        for (int number = 0; number < count; number++) {
            last = sales.appendAsync(key(number % keys), event(number));
        }
        last.join();
    }

    /** Waits until the group has handled or parked everything. */
    static void awaitDone(Following<String, Sale> following) {
        while (following.status().done().offset() < following.status().end().offset()) {
            LockSupport.parkNanos(200_000);
        }
    }
}
