package dev.fairlead.examples.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is going to buy.
 *
 * @param saleId of the sale that it becomes
 * @param customer null for a guest
 * @param items at least one
 * @param coupon null without one
 * @param givenUp whether the customer goes away before paying
 */
record Order(
        String saleId,
        @Nullable String customer,
        String country,
        List<Item> items,
        @Nullable String coupon,
        String shipper,
        boolean givenUp) {
    private static final List<String> SHIPPERS = List.of("royal-mail", "courier", "pick-up");
    private static final List<String> COUPONS = List.of("SPRING", "WELCOME", "EXPIRED");

    /** So many pieces of a product. */
    record Item(String sku, int quantity) {}

    Order {
        items = List.copyOf(items);
    }

    /** The sale behind an invoice; one that cancelled another is played as a sale that its customer gives up. */
    static Order of(Invoice invoice) {
        int chance = Math.floorMod(invoice.number().hashCode(), 60);
        return new Order(
                "S" + invoice.number(),
                invoice.customer(),
                invoice.country(),
                invoice.sold().stream()
                        .map(line -> new Item(line.sku(), Math.abs(line.quantity())))
                        .toList(),
                chance < 6 ? COUPONS.get(chance / 2) : null,
                SHIPPERS.get(chance % SHIPPERS.size()),
                invoice.cancels());
    }
}
