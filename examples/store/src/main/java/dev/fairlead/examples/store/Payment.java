package dev.fairlead.examples.store;

import dev.fairlead.api.EventItem;
import java.math.BigDecimal;

/** What became of a card; the item {@code billing.payment}. */
sealed interface Payment {
    EventItem<String, Payment> ITEM = EventItem.of("billing.payment", String.class, Payment.class);

    record Charged(BigDecimal amount, String receipt) implements Payment {}

    record Declined(String reason) implements Payment {}
}
