package dev.fairlead.examples.store;

import dev.fairlead.api.Reading;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Profile is down for ten minutes: auth lets customers in, billing shows names, and both say how old what they know is. Leaves it down. */
final class OwnerDownStory implements Story {
    static final String NAME = "ownerDownCopiesServe";

    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration DOWN = Duration.ofMinutes(10);

    /**
     * One look at a moment.
     *
     * @param down how long profile is down
     * @param login what became of a login
     * @param named how old billing said that the customer's name is; negative when it showed none, zero when it called it fresh
     */
    record Look(Duration down, AuthService.Login login, Duration named) {}

    private final Stage stage;

    OwnerDownStory(Stage stage) {
        this.stage = stage;
    }

    @Override
    public String sentence() {
        return "Profile goes down for ten minutes: auth and billing go on with what they have, and say how old it is.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        stage.hush();
        Customer customer = stage.customer(0);
        boolean inBefore = stage.patience()
                .until(
                        Stage.LONGEST,
                        () -> login(customer) instanceof AuthService.Login.In(Duration age) && age.isZero());
        stage.landscape().profile().stop();
        List<Look> looks = new ArrayList<>();
        for (Duration down = STEP; down.compareTo(DOWN) <= 0; down = down.plus(STEP)) {
            stage.clock().putForward(STEP);
            looks.add(new Look(down, login(customer), named(customer)));
        }
        return judge(inBefore, looks);
    }

    private AuthService.Login login(Customer customer) {
        return stage.landscape().auth().login(customer.id());
    }

    private Duration named(Customer customer) {
        return switch (stage.landscape().billing().debtor(customer.id())) {
            case Reading.Fresh<BillingService.Debtor> fresh -> Duration.ZERO;
            case Reading.Stale<BillingService.Debtor> stale -> stale.age();
            case Reading.Absent<BillingService.Debtor> absent -> Duration.ofNanos(-1);
            case Reading.Unready<BillingService.Debtor> unready -> Duration.ofNanos(-1);
        };
    }

    static DemoResult.Check judge(boolean inBefore, List<Look> looks) {
        List<Look> wrong = looks.stream().filter(look -> !saysItsAge(look)).toList();
        boolean isLong = !looks.isEmpty() && looks.getLast().down().compareTo(DOWN) >= 0;
        String detail = !wrong.isEmpty()
                ? "after " + Printed.age(wrong.getFirst().down()) + ": " + wrong.getFirst()
                : Printed.text(
                        "%d logins and %d names while profile was down, up to %s old, each with its age%s",
                        looks.size(),
                        looks.size(),
                        looks.isEmpty() ? "0s" : Printed.age(looks.getLast().named()),
                        inBefore ? "" : "; but the login before was not fresh");
        return new DemoResult.Check(NAME, inBefore && isLong && wrong.isEmpty(), detail);
    }

    /** The owner's last sign of life came a little before or after it was stopped, and the demo's clock goes on during a look. */
    private static boolean saysItsAge(Look look) {
        Duration least = look.down().minusSeconds(1);
        return look.login() instanceof AuthService.Login.In(Duration age)
                && age.compareTo(least) >= 0
                && look.named().compareTo(least) >= 0;
    }
}
