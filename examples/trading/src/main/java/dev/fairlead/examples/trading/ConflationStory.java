package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A reader that asks for fewer changes gets fewer, is told so, and ends on the latest value of every key. */
final class ConflationStory implements Story {
    static final String NAME = "conflatedReaderKeptLatest";

    private static final int BURST = 50;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /**
     * What was seen.
     *
     * @param keys how many instruments were published while the gateway listened
     * @param outdated those of which the gateway's screens do not show the latest quote
     * @param told how many changes the gateway was told it has skipped
     * @param counted how many its copy has counted
     * @param delivered how many changes the gateway got
     */
    record Seen(int keys, Set<String> outdated, long told, long counted, long delivered) {}

    private final TradingLandscape landscape;
    private final Patience patience;

    ConflationStory(Stage stage) {
        this.landscape = stage.landscape();
        this.patience = stage.patience();
    }

    @Override
    public String sentence() {
        return "A last burst, and the market closes: the gateway gets fewer changes, is told so, and shows every latest price.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        landscape.feedHandler().publish(burst());
        Map<String, Quote> latest = landscape.feedHandler().latest();
        patience.until(LONGEST, () -> outdated(latest).isEmpty());
        var counts = landscape.gateway().quotes().statistics();
        return judge(new Seen(
                latest.size(),
                outdated(latest),
                landscape.gateway().skipped(),
                counts.conflated(),
                counts.delivered()));
    }

    /** More changes of one instrument at once than any screen is to show. */
    private List<Quote> burst() {
        return Stream.generate(() -> landscape.market().tradeThinlyTraded())
                .limit(BURST)
                .toList();
    }

    private Set<String> outdated(Map<String, Quote> latest) {
        Map<String, Gateway.Quote> screen = landscape.gateway().screen();
        Set<String> outdated = new TreeSet<>();
        latest.forEach((symbol, quote) -> {
            if (!shows(screen.get(symbol), quote)) {
                outdated.add(symbol);
            }
        });
        return outdated;
    }

    private static boolean shows(Gateway.@Nullable Quote shown, Quote latest) {
        return shown != null
                && shown.bid().compareTo(latest.bid()) == 0
                && shown.ask().compareTo(latest.ask()) == 0
                && shown.last().compareTo(latest.last()) == 0
                && shown.volume() == latest.volume();
    }

    static DemoResult.Check judge(Seen seen) {
        boolean passed = seen.outdated().isEmpty() && seen.counted() > 0 && seen.told() == seen.counted();
        String detail = Printed.text(
                "%s delivered, %s conflated, %s told; %s",
                Printed.count(seen.delivered()),
                Printed.count(seen.counted()),
                Printed.count(seen.told()),
                seen.outdated().isEmpty()
                        ? "all " + seen.keys() + " screens show the latest price"
                        : seen.outdated().size() + " screens are outdated");
        return new DemoResult.Check(NAME, passed, detail);
    }
}
