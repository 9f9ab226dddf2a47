package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** When the owner is gone, one reader refuses and another serves with the age, each as its plan says. */
final class StoppedOwnerStory implements Story {
    static final String NAME = "staleWasRefused";

    private static final Duration ALLOWANCE = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /**
     * One order and one valuation.
     *
     * @param since the owner stopped
     * @param order what became of it
     * @param valuation of the portfolio at the same time
     */
    record Attempt(Duration since, OrderEntry.Outcome order, Portfolio.Valuation valuation) {}

    /**
     * What was seen.
     *
     * @param attempts in their order
     * @param orderLimit the freshness that order-entry asks for
     * @param portfolioLimit the freshness that the portfolio asks for
     * @param holdings how many are to be valued
     * @param sentAgain whether orders went out once the owner was back
     */
    record Seen(
            List<Attempt> attempts, Duration orderLimit, Duration portfolioLimit, int holdings, boolean sentAgain) {}

    private final TradingLandscape landscape;
    private final Duration pause;
    private final Patience patience;

    /** @param pause how long the owner is stopped */
    StoppedOwnerStory(Stage stage, Duration pause) {
        this.landscape = stage.landscape();
        this.pause = pause;
        this.patience = stage.patience();
    }

    @Override
    public String sentence() {
        return "The feed-handler stops: order-entry refuses to trade on old quotes, the portfolio serves them with their age.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        landscape.feedHandler().stop();
        long begin = System.nanoTime();
        List<Attempt> attempts = new ArrayList<>();
        try {
            while (System.nanoTime() - begin < pause.toNanos()) {
                attempts.add(attempt(begin));
                patience.pause(TimeUnit.MILLISECONDS.toNanos(10));
            }
        } finally {
            landscape.feedHandler().start();
        }
        boolean sentAgain = patience.until(LONGEST, () -> buy() instanceof OrderEntry.Outcome.Sent);
        return judge(new Seen(
                attempts,
                landscape.orderEntry().quotes().health().within(),
                landscape.portfolio().quotes().health().within(),
                landscape.portfolio().holdings().size(),
                sentAgain));
    }

    private Attempt attempt(long begin) {
        Duration since = Duration.ofNanos(System.nanoTime() - begin);
        return new Attempt(since, buy(), landscape.portfolio().value());
    }

    private OrderEntry.Outcome buy() {
        return landscape.orderEntry().buy(Instruments.BITCOIN);
    }

    static DemoResult.Check judge(Seen seen) {
        Duration orderLimit = seen.orderLimit();
        List<Attempt> tooOld = seen.attempts().stream()
                .filter(attempt -> attempt.since().compareTo(orderLimit.plus(ALLOWANCE)) > 0)
                .toList();
        long sent = tooOld.stream()
                .filter(attempt -> attempt.order() instanceof OrderEntry.Outcome.Sent)
                .count();
        long refused = tooOld.stream()
                .filter(attempt -> attempt.order() instanceof OrderEntry.Outcome.Refused(Duration age)
                        && age.compareTo(orderLimit) > 0)
                .count();
        List<Portfolio.Valuation> aged = seen.attempts().stream()
                .filter(attempt ->
                        attempt.since().compareTo(seen.portfolioLimit().plus(ALLOWANCE)) > 0)
                .map(Attempt::valuation)
                .toList();
        boolean served = !aged.isEmpty()
                && aged.stream()
                        .allMatch(each ->
                                each.valued() == seen.holdings() && each.age().compareTo(seen.portfolioLimit()) > 0);
        boolean passed = refused > 0 && refused == tooOld.size() && served && seen.sentAgain();
        String detail = Printed.text(
                "%d orders on quotes older than %s: %d refused, %d sent; %s; %s",
                tooOld.size(),
                Printed.age(orderLimit),
                refused,
                sent,
                served
                        ? Printed.text(
                                "the portfolio served %d valuations up to %s old",
                                aged.size(), Printed.age(aged.getLast().age()))
                        : "the portfolio did not serve with age",
                seen.sentAgain() ? "orders go out again" : "no order went out afterwards");
        return new DemoResult.Check(NAME, passed, detail);
    }
}
