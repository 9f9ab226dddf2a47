package dev.fairlead.examples.trading;

import dev.fairlead.api.HealthState;
import dev.fairlead.examples.demo.CarryingServer;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What carries the quotes is killed: nobody trades on what came before, and when it is back, everybody has everything. */
final class KilledServerStory implements Story {
    static final String NAME = "killedServerLosesNothing";

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /**
     * What was seen.
     *
     * @param refused whether orders were refused while it was away
     * @param live whether all copies were LIVE again
     * @param back how long that took from its restart
     * @param sentAgain whether orders went out again
     * @param published how many quotes were acknowledged since the kill
     */
    record Seen(boolean refused, boolean live, Duration back, boolean sentAgain, long published) {}

    private final TradingLandscape landscape;
    private final Patience patience;
    private final Player player;
    private final CarryingServer server;

    KilledServerStory(Stage stage, Player player, CarryingServer server) {
        this.landscape = stage.landscape();
        this.patience = stage.patience();
        this.player = player;
        this.server = server;
    }

    @Override
    public String sentence() {
        return "A kill takes " + server.title()
                + " away in the middle of the market: order-entry refuses, and when it is back nobody has missed anything.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        long before = landscape.feedHandler().published();
        server.kill();
        boolean refused = patience.until(LONGEST, () -> buy() instanceof OrderEntry.Outcome.Refused);
        long begin = System.nanoTime();
        try {
            server.restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean live = patience.until(LONGEST, this::isLive);
        Duration back = Duration.ofNanos(System.nanoTime() - begin);
        boolean sentAgain = patience.until(LONGEST, () -> buy() instanceof OrderEntry.Outcome.Sent);
        patience.until(LONGEST, () -> player.overdue() == 0);
        return judge(
                server.title(),
                new Seen(refused, live, back, sentAgain, landscape.feedHandler().published() - before));
    }

    private boolean isLive() {
        return landscape.follows().stream()
                .allMatch(follows -> follows.copy().health().state() == HealthState.LIVE);
    }

    private OrderEntry.Outcome buy() {
        return landscape.orderEntry().buy(Instruments.BITCOIN);
    }

    static DemoResult.Check judge(String title, Seen seen) {
        boolean passed = seen.refused() && seen.live() && seen.sentAgain() && seen.published() > 0;
        String detail = Printed.text(
                "%s; %s after the restart of %s; %s; %,d quotes published since",
                seen.refused() ? "orders were refused meanwhile" : "no order was refused meanwhile",
                seen.live() ? "all copies LIVE " + Printed.age(seen.back()) : "not all copies LIVE",
                title,
                seen.sentAgain() ? "orders go out again" : "no order went out afterwards",
                seen.published());
        return new DemoResult.Check(NAME, passed, detail);
    }
}
