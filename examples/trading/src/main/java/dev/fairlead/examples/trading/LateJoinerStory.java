package dev.fairlead.examples.trading;

import dev.fairlead.api.FairleadException;
import dev.fairlead.api.HealthState;
import dev.fairlead.examples.demo.Agreement;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.time.Duration;

/** A reader that starts while the market runs holds everything before it says so. */
final class LateJoinerStory implements Story {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /**
     * What was seen.
     *
     * @param first the copy's state right after it was opened
     * @param last its state when it was waited for
     * @param millis from opening the copy until it was live
     * @param agreement with the owner, just then
     */
    record Seen(HealthState first, HealthState last, double millis, Agreement agreement) {}

    private final TradingLandscape landscape;
    private final Patience patience;
    private final Figures figures;

    LateJoinerStory(Stage stage) {
        this.landscape = stage.landscape();
        this.patience = stage.patience();
        this.figures = stage.figures();
    }

    @Override
    public String sentence() {
        return "Risk starts late, in a running market: its copy is LOADING until it has everything, then LIVE.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        long begin = System.nanoTime();
        Risk risk = landscape.joinRisk();
        HealthState first = risk.quotes().health().state();
        try {
            risk.quotes().awaitLive(LONGEST);
        } catch (FairleadException late) {
            return new DemoResult.Check("lateJoinerLive", false, String.valueOf(late.getMessage()));
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        HealthState last = risk.quotes().health().state();
        figures.put("lateJoiner.liveMillis", millis);
        Follows follows = risk.follows().getFirst();
        Agreement agreement = landscape.feedHandler().whileHeld(owner -> Agreement.of(follows, owner, patience));
        return judge(new Seen(first, last, millis, agreement));
    }

    static DemoResult.Check judge(Seen seen) {
        boolean wentLive = seen.last() == HealthState.LIVE;
        boolean whole = seen.agreement().agrees() && seen.agreement().held().entries() >= Instruments.COUNT;
        String detail = Printed.text(
                "%s → %s in %s with %d keys; its digest %s the owner's",
                seen.first(),
                seen.last(),
                Printed.millis(seen.millis()),
                seen.agreement().held().entries(),
                seen.agreement().agrees() ? "equals" : "differs from");
        return new DemoResult.Check("lateJoinerLive", wentLive && whole, detail);
    }
}
