package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * When the owner is gone, one reader refuses and another serves with the age, each as its plan says.
 *
 * <p>What is judged is the order of things, and no allowance of time: a copy's freshness is taken down by an alarm at its limit, and alarms
 * ring one after the other. So once an alarm of this story's, set for a later moment, has rung, nothing may be fresh any more,
 * however long a busy machine took to get there.
 */
final class StoppedOwnerStory implements Story {
    static final String NAME = "staleWasRefused";

    private static final Duration BEHIND_THE_LIMIT = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int ENOUGH = 5;

    /**
     * One order and one valuation.
     *
     * @param orderIsOver whether the alarm behind the limit of order-entry had rung before
     * @param order what became of it
     * @param portfolioIsOver whether the alarm behind the limit of the portfolio had rung before
     * @param valuation of the portfolio, after the order
     */
    record Attempt(
            boolean orderIsOver, OrderEntry.Outcome order, boolean portfolioIsOver, Portfolio.Valuation valuation) {}

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
        Duration orderLimit = landscape.orderEntry().quotes().health().within();
        Duration portfolioLimit = landscape.portfolio().quotes().health().within();
        landscape.feedHandler().stop();
        long begin = System.nanoTime();
        AtomicBoolean orderIsOver = alarm(begin, orderLimit);
        AtomicBoolean portfolioIsOver = alarm(begin, portfolioLimit);
        List<Attempt> attempts = new ArrayList<>();
        try {
            patience.until(LONGEST, () -> {
                attempts.add(new Attempt(
                        orderIsOver.get(),
                        buy(),
                        portfolioIsOver.get(),
                        landscape.portfolio().value()));
                return System.nanoTime() - begin >= pause.toNanos() && judged(attempts) >= ENOUGH;
            });
        } finally {
            landscape.feedHandler().start();
        }
        boolean sentAgain = patience.until(LONGEST, () -> buy() instanceof OrderEntry.Outcome.Sent);
        return judge(new Seen(
                attempts,
                orderLimit,
                portfolioLimit,
                landscape.portfolio().holdings().size(),
                sentAgain));
    }

    /** Rings behind the alarm that a copy with this limit has set, and on the same thread. */
    private static AtomicBoolean alarm(long begin, Duration limit) {
        AtomicBoolean rung = new AtomicBoolean();
        TimeSource.SYSTEM.at(begin + limit.plus(BEHIND_THE_LIMIT).toNanos(), () -> rung.set(true));
        return rung;
    }

    private static long judged(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.orderIsOver() && attempt.portfolioIsOver())
                .count();
    }

    private OrderEntry.Outcome buy() {
        return landscape.orderEntry().buy(Instruments.BITCOIN);
    }

    static DemoResult.Check judge(Seen seen) {
        Duration orderLimit = seen.orderLimit();
        List<Attempt> tooOld =
                seen.attempts().stream().filter(Attempt::orderIsOver).toList();
        long sent = tooOld.stream()
                .filter(attempt -> attempt.order() instanceof OrderEntry.Outcome.Sent)
                .count();
        long refused = tooOld.stream()
                .filter(attempt -> attempt.order() instanceof OrderEntry.Outcome.Refused(Duration age)
                        && age.compareTo(orderLimit) > 0)
                .count();
        List<Portfolio.Valuation> aged = seen.attempts().stream()
                .filter(Attempt::portfolioIsOver)
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
