package dev.fairlead.examples.store;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Health;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.time.Duration;

/** The service that lets customers in. An old status will do, as long as it can say how old. */
final class AuthService implements AutoCloseable {
    static final String NAME = "auth";

    /** The part of a profile that this service may see. */
    record Account(String customerId, ProfileService.Status status) {}

    /** What becomes of a login. */
    sealed interface Login {
        /** The customer is in; the status was this old, zero when it was fresh. */
        record In(Duration age) implements Login {}

        /** The customer is not. */
        record Out(String why) implements Login {}
    }

    private static final StateItem<String, Account> PROFILE =
            StateItem.of(ProfileService.PROFILE, String.class, Account.class);

    private final Fairlead service;
    private final Copy<String, Account> accounts;

    AuthService(Services services) {
        this.service = services.open(NAME, PROFILE);
        this.accounts = service.copy(PROFILE);
    }

    Login login(String customerId) {
        return switch (accounts.get(customerId)) {
            case Reading.Fresh<Account>(Account account, Mark mark) -> judged(account, Duration.ZERO);
            case Reading.Stale<Account>(Account account, Mark mark, Duration age) -> judged(account, age);
            case Reading.Absent<Account> absent -> new Login.Out("there is no customer " + customerId);
            case Reading.Unready<Account>(Health health) -> new Login.Out("profiles are " + health.state());
        };
    }

    private static Login judged(Account account, Duration age) {
        return account.status() == ProfileService.Status.ACTIVE
                ? new Login.In(age)
                : new Login.Out("the account is suspended");
    }

    Follows follows() {
        return new Follows(NAME, "profile", accounts);
    }

    @Override
    public void close() {
        service.close();
    }
}
