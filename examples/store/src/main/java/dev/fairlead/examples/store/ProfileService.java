package dev.fairlead.examples.store;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Services;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service that owns the profiles. It can be stopped and started again. Safe for many threads. */
final class ProfileService implements AutoCloseable {
    static final String NAME = "profile";
    static final String PROFILE = NAME + ".profile";

    /** Whether a customer may buy. */
    enum Status {
        ACTIVE,
        SUSPENDED
    }

    /** The item {@code profile.profile}. */
    record Profile(String customerId, String name, String email, String country, Status status) {}

    private static final StateItem<String, Profile> ITEM = StateItem.of(PROFILE, String.class, Profile.class);

    private final Services services;
    private final StoreHistory history;
    private final Map<String, Long> versions = new HashMap<>();
    private @Nullable Running running;

    private record Running(Fairlead service, Owner<String, Profile> owner) {}

    ProfileService(Services services, StoreHistory history) {
        this.services = services;
        this.history = history;
        start();
    }

    synchronized void start() {
        if (running == null) {
            Fairlead service = services.open(NAME, ITEM);
            running = new Running(service, service.own(ITEM));
        }
    }

    /** Ends the service: no changes, no heartbeats. */
    synchronized void stop() {
        if (running != null) {
            running.service().close();
            running = null;
        }
    }

    /** Writes the profiles of new customers. */
    synchronized void welcome(List<Customer> customers) {
        history.welcoming(customers.stream().map(Customer::id).toList());
        List<Receipt> receipts = owner().putAll(
                        customers.stream().map(customer -> profile(customer, 1)).toList());
        history.welcomed(receipts);
        receipts.forEach(receipt -> versions.put(receipt.key(), receipt.version()));
    }

    /** The customer has taken another name. */
    synchronized Receipt rename(Customer customer) {
        long version = versions.getOrDefault(customer.id(), 0L) + 1;
        history.renaming(customer.id(), version);
        Receipt receipt = owner().put(profile(customer, version));
        history.renamed(receipt);
        versions.put(receipt.key(), receipt.version());
        return receipt;
    }

    private static Profile profile(Customer customer, long version) {
        return new Profile(
                customer.id(), name(customer.id(), version), email(customer.id()), customer.country(), Status.ACTIVE);
    }

    static String email(String customerId) {
        return customerId + "@customers.example";
    }

    /** The name that a customer has in a version of the profile. */
    static String name(String customerId, long version) {
        return "Customer " + customerId + (version == 1 ? "" : ", name " + version);
    }

    synchronized Owner<String, Profile> owner() {
        if (running == null) {
            throw new IllegalStateException("profile is stopped");
        }
        return running.owner();
    }

    @Override
    public void close() {
        stop();
    }
}
