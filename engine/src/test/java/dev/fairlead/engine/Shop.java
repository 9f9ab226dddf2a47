package dev.fairlead.engine;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A shop that answers, a till that asks it, and a web shop that answers by asking the shop; on one folder. */
final class Shop implements AutoCloseable {
    record QuoteQuestion(String sku, int quantity) {}

    record FullQuote(BigDecimal amount, String currency, String note) {}

    record Submit(String sku) {}

    record Amount(BigDecimal amount) {}

    static final RequestItem<QuoteQuestion, FullQuote> QUOTES =
            RequestItem.of("shop.quote", QuoteQuestion.class, FullQuote.class);
    static final RequestItem<QuoteQuestion, Amount> AMOUNTS =
            RequestItem.of("shop.quote", QuoteQuestion.class, Amount.class);
    static final RequestItem<QuoteQuestion, FullQuote> ORDERS =
            RequestItem.of("shop.order", QuoteQuestion.class, FullQuote.class);
    static final RequestItem<QuoteQuestion, Amount> ORDERED =
            RequestItem.of("shop.order", QuoteQuestion.class, Amount.class);
    static final TellItem<Submit> SUBMIT = TellItem.of("shop.submit", Submit.class);
    static final RequestItem<QuoteQuestion, Amount> OFFERS =
            RequestItem.of("web.offer", QuoteQuestion.class, Amount.class);

    private final Path plan;
    private final TimeSource time;
    private final Deque<Fairlead> open = new ArrayDeque<>();

    Shop(Path folder, TimeSource time) {
        this.plan = folder;
        this.time = time;
        PlanFolder.write(folder, "shop.yaml", """
                service: shop
                shares:
                  quote:
                    kind: request
                    question: { sku: string, quantity: int32 }
                    answer: { amount: 'decimal(12,2)', currency: 'enum(EUR, USD)', note: string? }
                    deadline: 5s
                    idempotent: true
                  order:
                    kind: request
                    question: { sku: string, quantity: int32 }
                    answer: { amount: 'decimal(12,2)', currency: 'enum(EUR, USD)', note: string? }
                    deadline: 5s
                  submit:
                    kind: request
                    delivery: guaranteed
                    question: { sku: string }
                """);
        PlanFolder.write(folder, "web.yaml", """
                service: web
                shares:
                  offer:
                    kind: request
                    question: { sku: string, quantity: int32 }
                    answer: { amount: 'decimal(12,2)' }
                    deadline: 1s
                needs:
                  shop.quote:
                    uses: [ amount ]
                    why: offers are quotes
                """);
        PlanFolder.write(folder, "till.yaml", """
                service: till
                needs:
                  shop.quote:
                    uses: [ amount ]
                    reads: 100/s
                    why: the customer wants to know
                  shop.order:
                    uses: [ amount ]
                    reads: 100/s
                    why: the customer pays
                  web.offer:
                    why: the customer compares
                  shop.submit:
                    why: the customer has ordered
                """);
        PlanFolder.write(folder, "landscape.yaml", "mechanisms:\n  embedded: { durability: D0 }\n");
    }

    Path plan() {
        return plan;
    }

    Fairlead open(String service) {
        return keep(Opening.of(service, plan).time(time).open());
    }

    Fairlead open(String service, Mechanism mechanism) {
        return keep(Opening.of(service, plan).time(time).mechanism(mechanism).open());
    }

    private Fairlead keep(Fairlead service) {
        open.push(service);
        return service;
    }

    static FullQuote quote(String amount) {
        return new FullQuote(new BigDecimal(amount), "EUR", "");
    }

    @Override
    public void close() {
        open.forEach(Fairlead::close);
    }
}
