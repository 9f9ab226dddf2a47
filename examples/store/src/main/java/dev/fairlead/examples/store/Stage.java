package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.ChildProcess;
import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What every story needs.
 *
 * @param landscape the services that it plays with
 * @param shoppers who buy meanwhile
 * @param clock that the services go by
 * @param data of which products and customers there are
 * @param folder for what a story keeps in files
 */
record Stage(
        StoreLandscape landscape,
        Shoppers shoppers,
        Clock clock,
        RetailData data,
        Patience patience,
        Workers workers,
        Figures figures,
        Path folder) {
    /** Longer than anything takes that is waited for, on a slow machine too. */
    static final Duration LONGEST = ChildProcess.LONGEST;

    /** An order of a story's own, of so many items, that is paid. */
    Order order(String saleId, @Nullable Customer customer, int items) {
        return new Order(
                saleId,
                customer == null ? null : customer.id(),
                customer == null ? "United Kingdom" : customer.country(),
                IntStream.range(0, items)
                        .mapToObj(i -> new Order.Item(
                                data.products().get(i % data.products().size()).sku(), 1 + i % 5))
                        .toList(),
                null,
                "courier",
                false);
    }

    /** One of the customers. */
    Customer customer(int number) {
        return data.customers().get(number % data.customers().size());
    }

    /** Waits until nobody is in the middle of a sale and nothing is on its way; nobody begins another one until they go on. */
    boolean hush() throws InterruptedException {
        shoppers.hold();
        return patience.until(LONGEST, () -> shoppers.idle() && landscape.isQuiet());
    }

    /** Waits until the sale is done or has failed. */
    boolean untilOver(String saleId) throws InterruptedException {
        return patience.until(LONGEST, () -> {
            OpenSale sale = landscape.checkout().all().get(saleId);
            return sale != null && sale.isOver();
        });
    }
}
