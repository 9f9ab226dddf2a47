package dev.fairlead.examples.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Those who sell in a shop in processes of its own: a few at a time, each a sale after the other. */
final class Sellers {
    static final int SALES = 40;
    static final int SALES_LATER = 10;

    private static final int COUNT = 4;
    private static final int PRODUCTS = 200;
    private static final int CUSTOMERS = 100;

    private final CartService cart;
    private final RetailData data;

    Sellers(CartService cart, RetailData data) {
        this.cart = cart;
        this.data = data;
    }

    static RetailData data(long seed) {
        return new RetailData(
                "generated",
                Assortment.products(seed).subList(0, PRODUCTS),
                Assortment.customers(seed).subList(0, CUSTOMERS),
                RetailData.generated(seed, SALES + SALES_LATER).invoices());
    }

    /** Makes the sales of these numbers, and returns when all are made. Fails when one cannot be made. */
    void sell(int from, int to) throws InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        List<FutureTask<Void>> sellers = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            FutureTask<Void> seller = new FutureTask<>(() -> {
                for (int n = next.getAndIncrement(); n < to; n = next.getAndIncrement()) {
                    cart.buy(order(n));
                }
                return null;
            });
            Thread.ofPlatform().daemon().name("demo seller " + i).start(seller);
            sellers.add(seller);
        }
        for (FutureTask<Void> seller : sellers) {
            try {
                seller.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a sale could not be made", e.getCause());
            }
        }
    }

    /** An invoice's number and customer, with some of the products that there are here. */
    private Order order(int number) {
        Order whole = Order.of(data.invoices().get(number));
        Customer customer = data.customers().get(number % data.customers().size());
        List<Order.Item> items = new ArrayList<>();
        for (int i = 0; i < 1 + number % 12; i++) {
            items.add(new Order.Item(
                    data.products()
                            .get((number * 7 + i) % data.products().size())
                            .sku(),
                    1 + i));
        }
        return new Order(
                whole.saleId(),
                whole.customer() == null ? null : customer.id(),
                customer.country(),
                items,
                whole.coupon(),
                whole.shipper(),
                whole.givenUp());
    }
}
