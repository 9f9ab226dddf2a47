package dev.fairlead.examples.trading;

import dev.fairlead.api.Health;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Subscription;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** While nobody trades, no record comes, and yet every copy knows that it is current. */
final class QuietStory implements Story {
    static final String NAME = "quietIsNotDead";

    private static final Duration SETTLING = Duration.ofMillis(100);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofMillis(20);

    /**
     * What was seen.
     *
     * @param watched how long
     * @param tightest the shortest freshness that a reader asks for
     * @param records that came to any copy meanwhile
     * @param oldest the greatest age of any copy
     * @param notLive copies that were anything but live, with what they were
     */
    record Seen(Duration watched, Duration tightest, long records, Duration oldest, Set<String> notLive) {}

    private final TradingLandscape landscape;
    private final Player player;
    private final Duration longest;
    private final Patience patience;

    /** @param longest how long to wait for the silence */
    QuietStory(Stage stage, Player player, Duration longest) {
        this.landscape = stage.landscape();
        this.player = player;
        this.longest = longest;
        this.patience = stage.patience();
    }

    @Override
    public String sentence() {
        return "The exchange falls silent, as it really did: no record comes, and every copy stays LIVE.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        try {
            Player.Quiet quiet = player.quiet().get(longest.toMillis(), TimeUnit.MILLISECONDS);
            patience.untilNanos(quiet.from() + SETTLING.toNanos());
            patience.until(LONGEST_SETTLING, () -> hasSettled(quiet));
            return judge(watch(System.nanoTime()
                    + quiet.length().minus(SETTLING).minus(MARGIN).toNanos()));
        } catch (TimeoutException e) {
            return new DemoResult.Check(
                    NAME, false, "the silence was not reached within " + longest.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Whether the copies have applied what came before the silence. At high speeds that takes a while, and the silence waits for it. */
    private boolean hasSettled(Player.Quiet quiet) {
        player.keepQuiet(System.nanoTime() + quiet.length().minus(SETTLING).toNanos());
        return quotes().stream()
                .map(each -> each.copy().health())
                .allMatch(health -> health.lag() == 0 && health.state() == HealthState.LIVE);
    }

    private List<Follows> quotes() {
        return landscape.follows().stream()
                .filter(follows -> follows.item().equals("quote"))
                .toList();
    }

    private Seen watch(long end) throws InterruptedException {
        List<Follows> all = quotes();
        Set<String> notLive = new ConcurrentSkipListSet<>();
        List<Subscription> subscriptions = new ArrayList<>();
        all.forEach(each -> subscriptions.add(each.copy().listenHealth(health -> note(each, health, notLive))));
        long begin = System.nanoTime();
        long before = applied(all);
        Duration oldest = Duration.ZERO;
        while (System.nanoTime() - end < 0) {
            for (Follows each : all) {
                Health health = each.copy().health();
                note(each, health, notLive);
                oldest = health.age().compareTo(oldest) > 0 ? health.age() : oldest;
            }
            patience.pause(TimeUnit.MILLISECONDS.toNanos(2));
        }
        long records = applied(all) - before;
        Duration watched = Duration.ofNanos(System.nanoTime() - begin);
        subscriptions.forEach(Subscription::close);
        Duration tightest = all.stream()
                .map(each -> each.copy().health().within())
                .min(Duration::compareTo)
                .orElseThrow();
        return new Seen(watched, tightest, records, oldest, notLive);
    }

    private static void note(Follows follows, Health health, Set<String> notLive) {
        if (health.state() != HealthState.LIVE) {
            notLive.add(follows.reader() + " " + health.state());
        }
    }

    private static long applied(List<Follows> all) {
        return all.stream()
                .mapToLong(each -> each.copy().statistics().applied())
                .sum();
    }

    static DemoResult.Check judge(Seen seen) {
        boolean longEnough = seen.watched().compareTo(seen.tightest()) > 0;
        boolean passed = longEnough && seen.records() == 0 && seen.notLive().isEmpty();
        String detail = Printed.text(
                "%s watched, %d records came, oldest copy %s; %s%s",
                Printed.seconds(seen.watched()),
                seen.records(),
                Printed.age(seen.oldest()),
                seen.notLive().isEmpty() ? "all stayed LIVE" : "not LIVE: " + seen.notLive(),
                longEnough ? "" : "; too short to show anything beside a limit of " + Printed.age(seen.tightest()));
        return new DemoResult.Check(NAME, passed, detail);
    }
}
