package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.ChildProcess;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Looked;
import dev.fairlead.examples.demo.PlanFolder;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.ServiceProcesses;
import dev.fairlead.examples.demo.Story;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another market whose services are a process each, and share nothing but what carries their items. The process of the feed handler is killed:
 * orders are refused until it is there again; that of a reader is killed, and catches up.
 */
final class ServicesApartStory implements Story {
    static final String NAME = "eachServiceItsOwnProcess";

    private static final int COPIES = 8;
    private static final int ENOUGH = 10;

    /**
     * What was seen.
     *
     * @param sent how many orders went out before the kill
     * @param refused how many were refused while there was no feed handler
     * @param sentAgain how many went out after it was back
     * @param copies how many copies held what their owners held in the end
     * @param faults what was wrong with the processes and their copies
     */
    record Seen(long sent, long refused, long sentAgain, int copies, List<String> faults) {}

    private final Stage stage;
    private final TradingSettings settings;

    ServicesApartStory(Stage stage, TradingSettings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    @Override
    public String sentence() {
        return "In another market each of the six services is a process of its own; the feed handler's is killed, then the portfolio's.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        Path folder = stage.work().folder().resolve("apart");
        Carriers apart = settings.carriers().apart("apart");
        PlanFolder.copy(stage.work().plan(), folder.resolve("plan"), apart);
        try (ServiceProcesses services = new ServiceProcesses(stage.patience(), name -> start(folder, name))) {
            return judge(trade(services));
        }
    }

    private ChildProcess start(Path folder, String name) {
        return ChildProcess.start(
                stage.workers(),
                stage.patience(),
                MarketService.class,
                folder.resolve("errors"),
                folder.toString(),
                Long.toString(settings.seed()),
                name);
    }

    private static Seen trade(ServiceProcesses services) throws InterruptedException {
        services.start(MarketService.ALL);
        services.lookUntil(ServicesApartStory::isComplete);
        services.ask(FeedHandler.NAME, MarketService.TRADE);
        services.ask(OrderEntry.NAME, MarketService.BUY);
        Looked trading = services.lookUntil(looked -> sent(looked) > ENOUGH);
        services.kill(FeedHandler.NAME);
        Looked alone = services.lookUntil(looked -> refused(looked) > refused(trading) + ENOUGH);
        services.start(List.of(FeedHandler.NAME));
        services.ask(FeedHandler.NAME, MarketService.TRADE);
        Looked again = services.lookUntil(looked -> sent(looked) > sent(alone) + ENOUGH);
        services.kill(Portfolio.NAME);
        services.start(List.of(Portfolio.NAME));
        services.ask(FeedHandler.NAME, MarketService.REST);
        Looked last = services.lookUntil(ServicesApartStory::isComplete);
        List<String> faults = new ArrayList<>(last.disagreements());
        faults.addAll(services.end());
        return new Seen(
                sent(trading), refused(alone) - refused(trading), sent(again) - sent(alone), last.copies(), faults);
    }

    private static boolean isComplete(Looked looked) {
        return looked.agree(COPIES);
    }

    private static long sent(Looked looked) {
        return number(looked, MarketService.SENT);
    }

    private static long refused(Looked looked) {
        return number(looked, MarketService.REFUSED);
    }

    private static long number(Looked looked, String word) {
        return looked.of(OrderEntry.NAME, word).stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    static DemoResult.Check judge(Seen seen) {
        List<String> faults = new ArrayList<>(seen.faults());
        if (seen.sent() == 0 || seen.refused() <= 0 || seen.sentAgain() <= 0) {
            faults.add(seen.sent() + " orders before the kill, " + seen.refused() + " refused after it, "
                    + seen.sentAgain() + " when the feed handler was back");
        }
        if (seen.copies() != COPIES) {
            faults.add("there are " + seen.copies() + " copies");
        }
        String detail = faults.isEmpty()
                ? Printed.text(
                        "%d processes; %,d orders refused without a feed handler, %,d sent with the next one; %d copies hold what their"
                                + " owners hold, the portfolio's after its kill, too",
                        MarketService.ALL.size(), seen.refused(), seen.sentAgain(), seen.copies())
                : String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(NAME, faults.isEmpty(), detail);
    }
}
