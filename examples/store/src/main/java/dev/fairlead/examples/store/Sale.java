package dev.fairlead.examples.store;

import dev.fairlead.api.EventItem;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What can happen in a sale; the item {@code checkout.sale}. */
sealed interface Sale {
    EventItem<String, Sale> ITEM = EventItem.of("checkout.sale", String.class, Sale.class);

    record SaleBegun(@Nullable String customerId, String country) implements Sale {}

    record ItemAdded(String sku, int quantity, BigDecimal amount) implements Sale {}

    record CouponApplied(String code, int percent) implements Sale {}

    record ShipperSelected(String shipper) implements Sale {}

    record CardSubmitted(@Nullable String customerId, BigDecimal amount) implements Sale {}

    record SaleDone(@Nullable String customerId, String shipper, BigDecimal amount) implements Sale {}

    record SaleFailed(String reason) implements Sale {}
}
