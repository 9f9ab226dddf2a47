package dev.fairlead.examples.store;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.OpenCarriers;
import dev.fairlead.examples.demo.ParentProcess;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.AppendFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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

    private static final long LOOK = 1_000_000;
    /** Its starter waits a little longer. */
    private static final Duration TOO_LONG = Stage.LONGEST.minusSeconds(15);

    private SellingChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        String what = arguments[2];
        int at = Integer.parseInt(arguments[3]);
        ParentProcess parent = ParentProcess.open();
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
                                seed, folder.resolve("charges"), silence(parent, what.equals(SILENT) ? at : 0)),
                        new Receipts(parent::tell))) {
            opened.set(landscape);
            RetailData data = Sellers.data(seed);
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
                Thread.ofPlatform().daemon().name("demo watch").start(() -> tellSaved(landscape, parent, at));
            }
            new Sellers(landscape.cart(), data)
                    .sell(isFirst ? 0 : Sellers.SALES, isFirst ? Sellers.SALES : Sellers.SALES + Sellers.SALES_LATER);
            while (!landscape.isQuiet()) {
                LockSupport.parkNanos(LOOK);
            }
            parent.tell(QUIET);
        }
    }

    private static void tellSaved(StoreLandscape landscape, ParentProcess parent, int at) {
        while (landscape.billing().charges().saved() < at) {
            LockSupport.parkNanos(LOOK);
        }
        parent.tell(SAVED + " " + at);
    }

    /** Money has moved, and nobody here will ever hear of it. */
    private static Consumer<String> silence(ParentProcess parent, int at) {
        AtomicInteger count = new AtomicInteger();
        return reference -> {
            if (count.incrementAndGet() == at) {
                parent.tell(ACCEPTED + " " + reference);
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
}
