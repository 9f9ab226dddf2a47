package dev.fairlead.examples.trading;

import dev.fairlead.api.CopyStatistics;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.examples.demo.Agreement;
import dev.fairlead.examples.demo.CarryingServer;
import dev.fairlead.examples.demo.CopyRow;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Display;
import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Looks;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Scene;
import dev.fairlead.examples.demo.Story;
import dev.fairlead.examples.demo.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run from the opening of the market to its close, with the stories in between. */
final class Tour {
    private final Stage stage;
    private final TradingLandscape landscape;
    private final Patience patience;
    private final Player player;
    private final PlayWindow window;
    private final TradingSettings settings;
    private final Duration length;
    private final @Nullable CarryingServer server;
    private final Display display;
    private final Workers workers;
    private final List<DemoResult.Check> checks = new ArrayList<>();

    Tour(Stage stage, Player player, PlayWindow window, TradingSettings settings, Display display, Workers workers) {
        this.stage = stage;
        this.landscape = stage.landscape();
        this.patience = stage.patience();
        this.player = player;
        this.window = window;
        this.settings = settings;
        this.length = settings.length();
        this.server = settings.carriers().server();
        this.display = display;
        this.workers = workers;
    }

    List<DemoResult.Check> play() throws InterruptedException {
        Timeline timeline = new Timeline(System.nanoTime(), length);
        workers.start("market", player);
        workers.start("orders", new Orders(landscape.orderEntry(), landscape.market()));
        workers.start("display", new Looks(display, () -> scene(timeline)));
        play(new QuietStory(stage, player, length));
        patience.untilNanos(timeline.lateJoiner());
        play(new LateJoinerStory(stage));
        patience.untilNanos(timeline.lostRecord());
        play(new LostRecordStory(stage));
        patience.untilNanos(timeline.stoppedOwner());
        play(new StoppedOwnerStory(stage, timeline.stop()));
        if (server != null) {
            play(new KilledServerStory(stage, player, server));
        }
        if (settings.carriers().isShared()) {
            play(new ServicesApartStory(stage, settings));
        }
        patience.untilNanos(timeline.end() + player.late().toNanos());
        player.stop();
        long overdue = player.overdue();
        if (overdue > 0) {
            display.event("the machine could not keep up with this speed: " + overdue + " trades are left out");
        }
        play(new ConflationStory(stage));
        judged(Agreement.judge(agreements()));
        figures();
        return List.copyOf(checks);
    }

    private void play(Story story) throws InterruptedException {
        display.story(story.sentence());
        judged(story.play());
    }

    private void judged(DemoResult.Check check) {
        checks.add(check);
        display.verdict(check);
    }

    private List<Agreement> agreements() throws InterruptedException {
        List<Agreement> agreements = new ArrayList<>();
        for (Follows follows : landscape.follows()) {
            agreements.add(
                    follows.item().equals("quote")
                            ? landscape.feedHandler().whileHeld(owner -> agreement(follows, owner))
                            : agreement(follows, landscape.reference().owner()));
        }
        return agreements;
    }

    private Agreement agreement(Follows follows, Owner<?, ?> owner) throws InterruptedException {
        return Agreement.of(follows, owner, patience);
    }

    private void figures() {
        Figures figures = stage.figures();
        figures.put("published", landscape.feedHandler().published());
        figures.put("played.trades", player.played());
        figures.put("played.speed", window.speed());
        for (Follows follows : landscape.follows()) {
            if (follows.item().equals("quote")) {
                CopyStatistics counts = follows.copy().statistics();
                figures.put("reader." + follows.reader() + ".delivered", counts.delivered());
                figures.put("reader." + follows.reader() + ".conflated", counts.conflated());
            }
        }
        figures.put("orders.sent", landscape.orderEntry().sent());
        figures.put("orders.refused", landscape.orderEntry().refused());
    }

    private Scene scene(Timeline timeline) {
        List<CopyRow> rows = landscape.follows().stream().map(Follows::row).toList();
        return new MarketScene(
                Duration.ofNanos(System.nanoTime() - timeline.begin()),
                length,
                window.speed(),
                Instant.ofEpochSecond(player.second()),
                new MarketScene.OfMarket(quote(), landscape.feedHandler().published()),
                rows,
                new MarketScene.OfReaders(
                        landscape.orderEntry().sent(),
                        landscape.orderEntry().refused(),
                        landscape.portfolio().value()));
    }

    private String quote() {
        return switch (landscape.orderEntry().quotes().read(Instruments.BITCOIN)) {
            case Reading.Fresh<OrderEntry.Quote>(var quote, var mark) -> quote.bid() + "/" + quote.ask();
            case Reading.Stale<OrderEntry.Quote>(var quote, var mark, var age) ->
                quote.bid() + "/" + quote.ask() + " (" + Printed.age(age) + " old)";
            case Reading.Absent<OrderEntry.Quote> absent -> "none";
            case Reading.Unready<OrderEntry.Quote> unready -> "unknown";
        };
    }
}
