package dev.fairlead.examples.trading;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Health;
import dev.fairlead.api.HealthState;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * While nobody trades, no record comes, and yet every copy knows that it is current.
 *
 * <p>What is judged is the order of things, and no moment: a copy that is LIVE when its last record is older than its limit can only have
 * it from a sign of life. So a machine that holds threads up makes this take longer, and changes nothing of the verdict.
 */
final class QuietStory implements Story {
    static final String NAME = "quietIsNotDead";

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(60);
    private static final Duration LONGEST_WATCH = Duration.ofSeconds(60);
    private static final Duration MARGIN = Duration.ofMillis(20);

    /**
     * What was seen.
     *
     * @param watched how long
     * @param records that came to any copy meanwhile
     * @param oldest the greatest age of any copy
     * @param copies how many were watched
     * @param wavered those that were not LIVE at some look
     * @param dead those that were not LIVE at the last look, when their last record had become older than their limit
     */
    record Seen(Duration watched, long records, Duration oldest, int copies, Set<String> wavered, Set<String> dead) {}

    private final TradingLandscape landscape;
    private final Player player;
    private final Duration longest;
    private final Patience patience;

    /** @param length of the run; a busy machine gets to the silence later */
    QuietStory(Stage stage, Player player, Duration length) {
        this.landscape = stage.landscape();
        this.player = player;
        this.longest = length.plus(LONGEST_DELAY);
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
            if (!patience.until(LONGEST_SETTLING, this::haveSettled)) {
                return new DemoResult.Check(NAME, false, "the copies did not apply what came before the silence");
            }
            return judge(watch(quiet.from() + quiet.length().minus(MARGIN).toNanos()));
        } catch (TimeoutException e) {
            return new DemoResult.Check(
                    NAME, false, "the silence was not reached within " + longest.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            player.seenEnough();
        }
    }

    /** Whether the copies have all that their owner had when the silence began. */
    private boolean haveSettled() {
        try {
            long last =
                    landscape.feedHandler().whileHeld(owner -> owner.digest().sequence());
            return quotes().stream().allMatch(each -> each.copy().digest().sequence() >= last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Follows> quotes() {
        return landscape.follows().stream()
                .filter(follows -> follows.item().equals("quote"))
                .toList();
    }

    /** A copy that is watched: what it had when the watch began, and how it was since. */
    private static final class Watched {
        private final Follows follows;
        private final long begin;
        private final long records;
        private final long within;
        private boolean wavered;
        private boolean lives;
        private Duration oldest = Duration.ZERO;

        Watched(Follows follows) {
            this.follows = follows;
            this.records = follows.copy().statistics().applied();
            this.within = follows.copy().health().within().toNanos();
            this.begin = System.nanoTime();
        }

        private Copy<?, ?> copy() {
            return follows.copy();
        }

        void look() {
            boolean lastIsOld = System.nanoTime() - begin > within;
            Health health = copy().health();
            boolean live = health.state() == HealthState.LIVE;
            wavered |= !live;
            lives = lastIsOld && live;
            oldest = health.age().compareTo(oldest) > 0 ? health.age() : oldest;
        }

        long came() {
            return copy().statistics().applied() - records;
        }
    }

    /** Watches up to the moment, and longer as long as some copy has not shown that it lives. */
    private Seen watch(long end) throws InterruptedException {
        long begin = System.nanoTime();
        List<Watched> all = new ArrayList<>();
        quotes().forEach(each -> all.add(new Watched(each)));
        patience.until(LONGEST_WATCH, () -> {
            all.forEach(Watched::look);
            return System.nanoTime() - end >= 0 && all.stream().allMatch(each -> each.lives);
        });
        return new Seen(
                Duration.ofNanos(System.nanoTime() - begin),
                all.stream().mapToLong(Watched::came).sum(),
                all.stream().map(each -> each.oldest).max(Duration::compareTo).orElse(Duration.ZERO),
                all.size(),
                all.stream()
                        .filter(each -> each.wavered)
                        .map(each -> each.follows.reader())
                        .collect(Collectors.toCollection(TreeSet::new)),
                all.stream()
                        .filter(each -> !each.lives)
                        .map(each -> each.follows.reader())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    static DemoResult.Check judge(Seen seen) {
        boolean passed = seen.copies() > 0 && seen.records() == 0 && seen.dead().isEmpty();
        String state = seen.wavered().isEmpty()
                ? "all stayed LIVE"
                : "all were LIVE in the end, but not at every look: " + seen.wavered() + " (this machine held them up)";
        String detail = Printed.text(
                "%s watched, %d records came, oldest copy %s; %s",
                Printed.seconds(seen.watched()),
                seen.records(),
                Printed.age(seen.oldest()),
                seen.dead().isEmpty() ? state : "without a record these were not LIVE any more: " + seen.dead());
        return new DemoResult.Check(NAME, passed, detail);
    }
}
