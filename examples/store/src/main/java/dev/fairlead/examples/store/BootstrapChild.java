package dev.fairlead.examples.store;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.Faults;
import dev.fairlead.examples.demo.OpenCarriers;
import dev.fairlead.examples.demo.ParentProcess;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.DeliveryFault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A process in which billing is new and loads all profiles while some of them change.
 *
 * <p>Arguments: folder with the plan and for the data, and {@code half} when the loading is to stop half way and wait for the end of
 * the process, or {@code whole}.
 */
final class BootstrapChild {
    static final String HALF = "half";
    static final String WHOLE = "whole";
    static final String RENAMED = "renamed";
    static final String SHOWN = "shown";
    static final String DIGESTS = "digests";

    private static final int CHANGING = 100;
    private static final long PAUSE = 1_000_000;
    private static final StateItem<String, BillingService.Debtor> PROFILE =
            StateItem.of(ProfileService.PROFILE, String.class, BillingService.Debtor.class);

    private final ParentProcess parent;
    private final ProfileService profile;
    private final List<Customer> customers = Assortment.customers(1);

    private BootstrapChild(ParentProcess parent, ProfileService profile) {
        this.parent = parent;
        this.profile = profile;
    }

    public static void main(String[] arguments) throws InterruptedException {
        ParentProcess parent = ParentProcess.open();
        Path folder = Path.of(arguments[0]);
        boolean isHalf = arguments[1].equals(HALF);
        Path plan = folder.resolve("plan");
        try (OpenCarriers carriers = Carriers.of(plan).open(folder, TimeSource.SYSTEM);
                StoreHistory history = StoreHistory.create(
                        folder.resolve("history-" + ProcessHandle.current().pid()))) {
            Services services = new Services(plan, carriers.mechanisms(), TimeSource.SYSTEM);
            Faults lossy = Faults.around(services, 1);
            try (ProfileService profile = new ProfileService(services, history)) {
                BootstrapChild child = new BootstrapChild(parent, profile);
                if (isHalf) {
                    lossy.carrying(ProfileService.PROFILE)
                            .onDelivery(
                                    ProfileService.PROFILE,
                                    DeliveryFault.fail(ErrorCode.UNREACHABLE).at(RetailFigures.CUSTOMERS / 2));
                    profile.welcome(child.customers);
                }
                child.load(services.on(lossy.mechanisms()), isHalf);
            }
        }
    }

    private void load(Services services, boolean isToWait) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(1);
        Thread changes = Thread.ofPlatform().daemon().name("demo changes").start(() -> rename(enough));
        try (Fairlead billing = services.open(BillingService.NAME, PROFILE)) {
            Copy<String, BillingService.Debtor> debtors = billing.copy(PROFILE);
            if (isToWait) {
                while (debtors.statistics().applied() < RetailFigures.CUSTOMERS / 2) {
                    LockSupport.parkNanos(PAUSE);
                }
                parent.tell(HALF + " " + debtors.statistics().applied() + " customers in its copy, "
                        + debtors.health().state());
                new CountDownLatch(1).await();
            }
            debtors.awaitLive(Stage.LONGEST);
            enough.countDown();
            changes.join();
            show(debtors);
        }
    }

    private void rename(CountDownLatch enough) {
        for (int i = 0; enough.getCount() > 0 || i < CHANGING; i++) {
            Customer customer = customers.get(i % CHANGING);
            Receipt receipt = profile.rename(customer);
            parent.tell(RENAMED + " " + customer.id() + " " + receipt.version());
        }
    }

    private void show(Copy<String, BillingService.Debtor> debtors) {
        while (debtors.digest().sequence() < profile.owner().digest().sequence()) {
            LockSupport.parkNanos(PAUSE);
        }
        for (String id : debtors.snapshot().values().keySet()) {
            if (debtors.read(id) instanceof Reading.Fresh<BillingService.Debtor> fresh) {
                parent.tell(SHOWN + " " + id + " " + fresh.mark().version());
            }
        }
        parent.tell(DIGESTS + " " + profile.owner().digest() + " | " + debtors.digest());
    }
}
