package dev.fairlead.cli;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Health;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import java.nio.file.Path;
import java.time.Duration;

/** The code that the README shows; {@link ReadmeTest} holds the two together and runs it. */
final class ReadmeExample {
    private ReadmeExample() {}

    enum Status {
        active,
        suspended
    }

    // README begins
    record Profile(String customerId, String name, String email, Status status) {}

    record Customer(String customerId, String name) {}

    static final StateItem<String, Profile> PROFILES = StateItem.of("profile.profile", String.class, Profile.class);
    static final StateItem<String, Customer> CUSTOMERS = StateItem.of("profile.profile", String.class, Customer.class);

    static Receipt rename(Path plan, Profile profile) {
        try (Fairlead fairlead = Fairlead.open("profile", plan, PROFILES)) {
            return fairlead.own(PROFILES).put(profile);
        }
    }

    static String invoiceName(Copy<String, Customer> customers, String id) {
        return switch (customers.read(id)) {
            case Reading.Fresh<Customer>(Customer customer, Mark mark) -> customer.name();
            case Reading.Stale<Customer>(Customer customer, Mark mark, Duration age) ->
                throw new IllegalStateException("the name of " + id + " is " + age + " old: no invoice");
            case Reading.Absent<Customer> absent -> throw new IllegalArgumentException("no customer " + id);
            case Reading.Unready<Customer>(Health health) -> throw new IllegalStateException("not yet: " + health);
        };
    }
    // README ends
}
