package dev.fairlead.examples.store;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Services;
import java.util.List;
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
    private @Nullable Running running;

    private record Running(Fairlead service, Owner<String, Profile> owner) {}

    ProfileService(Services services) {
        this.services = services;
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
    void welcome(List<Customer> customers) {
        owner().putAll(customers.stream().map(ProfileService::profile).toList());
    }

    private static Profile profile(Customer customer) {
        String name = "Customer " + customer.id();
        String email = customer.id() + "@customers.example";
        return new Profile(customer.id(), name, email, customer.country(), Status.ACTIVE);
    }

    /** The customer has taken another name. */
    Receipt rename(Customer customer, String name) {
        Profile profile = profile(customer);
        return owner().put(
                        new Profile(profile.customerId(), name, profile.email(), profile.country(), profile.status()));
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
