package dev.fairlead.examples.trading;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import dev.fairlead.testkit.faults.ActiveFault;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.faults.Reads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * A record that is lost on its way to one reader puts one key of that reader's copy into doubt, and nothing else.
 *
 * <p>The record is one of the thinly traded instrument, so that no later quote of it closes the gap by overtaking it. The first
 * requests to send it again fail, so that the gap lasts long enough to be seen.
 */
final class LostRecordStory implements Story {
    static final String NAME = "gapStayedInOneKey";

    private static final Duration REFUSING = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /**
     * What was seen.
     *
     * @param key the lost record's
     * @param inGap the keys that were in a gap of the reader's copy
     * @param elsewhere the copies that had a gap although nothing was lost on their way
     * @param doubted the keys whose readings were not fresh while the gap was there
     * @param lost how many records were really lost
     * @param recoveredMillis how long the gap was there; negative when it stayed
     * @param right whether the copy has the lost value in the end
     */
    record Seen(
            String key,
            Set<String> inGap,
            Set<String> elsewhere,
            Set<String> doubted,
            long lost,
            double recoveredMillis,
            boolean right) {}

    private final TradingLandscape landscape;
    private final Patience patience;
    private final Figures figures;
    private final String key;

    LostRecordStory(Stage stage) {
        this.landscape = stage.landscape();
        this.patience = stage.patience();
        this.figures = stage.figures();
        this.key = landscape.market().thinlyTraded();
    }

    @Override
    public String sentence() {
        return "A record of " + key + " is lost on its way to the portfolio: " + key
                + " is in a GAP there, nothing else is.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        FaultyMechanism lossy = landscape.lossy().carrying(FeedHandler.QUOTE);
        ActiveFault loss = lossy.onDelivery(
                FeedHandler.QUOTE,
                DeliveryFault.drop()
                        .of(record -> Arrays.equals(record.key(), keyBytes))
                        .atMost(1));
        ActiveFault refusal = lossy.onDelivery(
                FeedHandler.QUOTE,
                DeliveryFault.fail(ErrorCode.UNREACHABLE)
                        .of(record -> Arrays.equals(record.key(), keyBytes))
                        .on(Reads.AGAIN));
        try {
            return judge(watch(loss, refusal));
        } finally {
            loss.heal();
            refusal.heal();
        }
    }

    private Seen watch(ActiveFault loss, ActiveFault refusal) throws InterruptedException {
        Set<String> inGap = new TreeSet<>();
        Set<String> elsewhere = new TreeSet<>();
        Copy<String, Portfolio.Quote> copy = landscape.portfolio().quotes();
        Quote lost = landscape.market().tradeThinlyTraded();
        // A lost record is noticed, and named, by the one that comes after it.
        Receipt receipt = landscape
                .feedHandler()
                .publish(List.of(lost, landscape.feedHandler().latest(Instruments.BITCOIN)))
                .getFirst();
        patience.until(LONGEST, () -> gaps(inGap, elsewhere));
        long begin = System.nanoTime();
        Set<String> doubted = doubted(copy);
        patience.until(REFUSING, () -> !gaps(inGap, elsewhere));
        refusal.heal();
        boolean recovered = patience.until(LONGEST, () -> !gaps(inGap, elsewhere));
        double millis = recovered ? (System.nanoTime() - begin) / 1e6 : -1;
        figures.put("gap.recoveredMillis", millis);
        patience.until(LONGEST, () -> copy.read(key) instanceof Reading.Fresh);
        boolean right = copy.read(key) instanceof Reading.Fresh<Portfolio.Quote>(var value, var mark)
                && mark.version() >= receipt.version()
                && value.last().compareTo(lost.last()) == 0;
        return new Seen(key, inGap, elsewhere, doubted, loss.bites(), millis, right);
    }

    /** Notes all gaps there are; returns whether the portfolio has one. */
    private boolean gaps(Set<String> inGap, Set<String> elsewhere) {
        boolean there = false;
        for (Follows follows : landscape.follows()) {
            Set<String> gaps = follows.copy().health().gaps();
            if (follows.copy() == landscape.portfolio().quotes()) {
                there = !gaps.isEmpty();
                // A gap has a number for the instant until the next record has said whose it is.
                gaps.stream().filter(name -> !name.startsWith("#")).forEach(inGap::add);
            } else if (!gaps.isEmpty()) {
                elsewhere.add(follows.toString());
            }
        }
        return there;
    }

    /** The keys that are doubted while the copy as a whole is in time; a copy that a busy machine holds up doubts all, and is looked at again. */
    private Set<String> doubted(Copy<String, Portfolio.Quote> copy) throws InterruptedException {
        AtomicReference<Set<String>> doubted = new AtomicReference<>(Set.of());
        patience.until(LONGEST, () -> {
            boolean inTime = copy.health().state() == HealthState.GAP;
            doubted.set(doubtedNow(copy));
            return inTime && copy.health().state() == HealthState.GAP;
        });
        return doubted.get();
    }

    private Set<String> doubtedNow(Copy<String, Portfolio.Quote> copy) {
        return landscape.feedHandler().latest().keySet().stream()
                .filter(symbol -> !(copy.read(symbol) instanceof Reading.Fresh))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static DemoResult.Check judge(Seen seen) {
        Set<String> one = Set.of(seen.key());
        boolean passed = seen.lost() == 1
                && seen.inGap().equals(one)
                && seen.doubted().equals(one)
                && seen.elsewhere().isEmpty()
                && seen.recoveredMillis() >= 0
                && seen.right();
        String recovery = seen.recoveredMillis() < 0
                ? "it stayed"
                : "gone after " + Printed.millis(seen.recoveredMillis())
                        + (seen.right() ? ", with the lost value" : ", with a wrong value");
        String detail = Printed.text(
                "%d record of %s lost: gap in %s, doubted %s, gaps in other copies: %s; %s",
                seen.lost(),
                seen.key(),
                few(seen.inGap()),
                few(seen.doubted()),
                seen.elsewhere().isEmpty() ? "none" : seen.elsewhere(),
                recovery);
        return new DemoResult.Check(NAME, passed, detail);
    }

    private static String few(Set<String> keys) {
        return keys.size() <= 3 ? String.join(" and ", keys) : keys.size() + " keys";
    }
}
