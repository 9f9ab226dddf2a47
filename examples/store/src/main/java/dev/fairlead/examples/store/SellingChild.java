package dev.fairlead.examples.store;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.OpenCarriers;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.AppendFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A process in which all ten services sell, and which is killed in the middle of it, or started again after that.
 *
 * <p>Arguments: folder with the plan and for the data, seed, and what happens: the card processor accepts the charge of this
 * number and never answers again, billing saves so many charges and cannot publish them, or nothing, and it ends when everything is
 * settled.
 */
final class SellingChild {
    static final String SILENT = "silent";
    static final String UNPUBLISHED = "unpublished";
    static final String SETTLED = "settled";
    static final String ACCEPTED = "accepted";
    static final String SAVED = "saved";
    static final String QUIET = "quiet";

    private static final int SALES = 40;
    private static final int SALES_LATER = 10;
    private static final int SELLERS = 4;
    private static final int PRODUCTS = 200;
    private static final int CUSTOMERS = 100;
    private static final long LOOK = 1_000_000;
    /** Its starter waits a little longer. */
    private static final Duration TOO_LONG = Stage.LONGEST.minusSeconds(15);

    private SellingChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        String what = arguments[2];
        int at = Integer.parseInt(arguments[3]);
        ChildOutput output = ChildOutput.open();
        AtomicReference<StoreLandscape> opened = new AtomicReference<>();
        Overdue.watch(
                TOO_LONG,
                () -> opened.get() == null
                        ? List.of("the shop is not open yet")
                        : opened.get().underWay());
        Path plan = folder.resolve("plan");
        try (OpenCarriers carriers = Carriers.of(plan).open(folder, TimeSource.SYSTEM);
                StoreLandscape landscape = new StoreLandscape(
                        new Services(plan, carriers.mechanisms(), TimeSource.SYSTEM),
                        folder,
                        new CardProcessor(
                                seed, folder.resolve("charges"), silence(output, what.equals(SILENT) ? at : 0)),
                        new Receipts(output::tell))) {
            opened.set(landscape);
            RetailData data = data(seed);
            boolean isFirst = landscape.checkout().all().isEmpty();
            landscape.fill(data);
            for (Follows follows : landscape.follows()) {
                follows.copy().awaitLive(Stage.LONGEST);
            }
            giveUpWhatWasLeft(landscape);
            if (what.equals(UNPUBLISHED)) {
                landscape
                        .lossy()
                        .carrying(Payment.ITEM.id())
                        .onAppend(Payment.ITEM.id(), AppendFault.fail(ErrorCode.UNREACHABLE));
                Thread.ofPlatform().daemon().name("demo watch").start(() -> tellSaved(landscape, output, at));
            }
            sell(landscape, data, isFirst ? 0 : SALES, isFirst ? SALES : SALES + SALES_LATER);
            while (!landscape.isQuiet()) {
                LockSupport.parkNanos(LOOK);
            }
            output.tell(QUIET);
        }
    }

    private static void tellSaved(StoreLandscape landscape, ChildOutput output, int at) {
        while (landscape.billing().charges().saved() < at) {
            LockSupport.parkNanos(LOOK);
        }
        output.tell(SAVED + " " + at);
    }

    static RetailData data(long seed) {
        return new RetailData(
                "generated",
                Assortment.products(seed).subList(0, PRODUCTS),
                Assortment.customers(seed).subList(0, CUSTOMERS),
                RetailData.generated(seed, SALES + SALES_LATER).invoices());
    }

    /** Money has moved, and nobody here will ever hear of it. */
    private static Consumer<String> silence(ChildOutput output, int at) {
        AtomicInteger count = new AtomicInteger();
        return reference -> {
            if (count.incrementAndGet() == at) {
                output.tell(ACCEPTED + " " + reference);
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    /** The customers of carts that were not paid have gone when the shop comes back. */
    private static void giveUpWhatWasLeft(StoreLandscape landscape) {
        for (Map.Entry<String, OpenSale> sale : landscape.checkout().all().entrySet()) {
            if (sale.getValue().stage() == OpenSale.Stage.COLLECTING) {
                landscape.cart().giveUp(sale.getKey());
            }
        }
    }

    private static void sell(StoreLandscape landscape, RetailData data, int from, int to) throws InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        List<FutureTask<Void>> sellers = new ArrayList<>();
        for (int i = 0; i < SELLERS; i++) {
            FutureTask<Void> seller = new FutureTask<>(() -> {
                for (int n = next.getAndIncrement(); n < to; n = next.getAndIncrement()) {
                    landscape.cart().buy(order(data, n));
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
    private static Order order(RetailData data, int number) {
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
