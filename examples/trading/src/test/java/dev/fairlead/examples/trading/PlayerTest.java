package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.fairlead.testkit.SettableTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlayerTest {
    private static final List<Trade> TRADES = List.of(
            trade(1000, "10.00"),
            trade(1001, "10.10"),
            trade(1003, "10.20"),
            trade(5003, "10.30"),
            trade(5004, "10.40"),
            trade(30_000, "10.50"));
    private static final Silence SILENCE = new Silence(2, 1003, 5003);

    private final SettableTime time = SettableTime.create();
    private final List<String> played = new ArrayList<>();
    private final PlayWindow window = new PlayWindow(0, 1000, 1, SILENCE, Duration.ofSeconds(2));
    private final Player player = new Player(
            TRADES,
            window,
            new Market(Instruments.of(1), 1, TRADES.getFirst()),
            quotes -> quotes.stream()
                    .filter(quote -> quote.symbol().equals(Instruments.BITCOIN))
                    .forEach(quote -> played.add(quote.last().toString())),
            time::nanos);

    private static Trade trade(long second, String price) {
        return new Trade(second, new BigDecimal(price), 1);
    }

    @Test
    void playsATradeWhenItIsDueAndNotBefore() {
        player.begin();

        assertThat(player.step()).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(played).containsExactly("10.00");
        time.advance(Duration.ofMillis(999));
        player.step();
        assertThat(played).hasSize(1);
        time.advance(Duration.ofMillis(1));
        player.step();
        assertThat(played).containsExactly("10.00", "10.10");
    }

    @Test
    void aLatePlayerStillKeepsTheSilenceAtItsLength() {
        player.begin();
        time.advance(Duration.ofSeconds(4));

        player.step();
        player.step();
        assertThat(played)
                .as("what was due before the silence, and nothing of what would be due after it")
                .containsExactly("10.00", "10.10", "10.20");
        Player.Quiet quiet = player.quiet().join();
        assertThat(quiet.length()).isEqualTo(Duration.ofSeconds(2));
        player.seenEnough();

        time.advance(Duration.ofMillis(1999));
        player.step();
        assertThat(played).hasSize(3);
        time.advance(Duration.ofMillis(1));
        player.step();
        assertThat(played).endsWith("10.30");
        assertThat(player.second()).isEqualTo(5003);
    }

    @Test
    void whenItHasStoppedNothingIsOnItsWayAnyMore() throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger batches = new AtomicInteger();
        AtomicInteger batchesAtStop = new AtomicInteger();
        Player slow = new Player(
                TRADES,
                window,
                new Market(Instruments.of(1), 1, TRADES.getFirst()),
                quotes -> {
                    underWay.countDown();
                    assertThatCode(goesOn::await).doesNotThrowAnyException();
                    batches.incrementAndGet();
                },
                time::nanos);
        slow.begin();
        Thread playing = Thread.ofPlatform().start(slow::step);
        underWay.await();
        Thread stopping = Thread.ofPlatform().start(() -> {
            slow.stop();
            batchesAtStop.set(batches.get());
        });
        await().until(() -> stopping.getState() == Thread.State.WAITING);
        goesOn.countDown();
        stopping.join();
        playing.join();
        time.advance(Duration.ofSeconds(1));
        slow.step();

        assertThat(batchesAtStop).hasValue(1);
        assertThat(batches).hasValue(1);
    }

    @Test
    void countsWhatItHasPlayed() {
        player.begin();
        time.advance(Duration.ofSeconds(1));
        player.step();

        assertThat(player.played()).isEqualTo(2);
        assertThat(player.quiet()).isNotDone();
    }

    @Test
    void theSilenceLastsUntilItsWatcherHasSeenEnoughAndPutsOffWhatComesAfterIt() {
        player.begin();
        time.advance(Duration.ofSeconds(3));
        player.step();

        time.advance(Duration.ofSeconds(7));
        player.step();
        assertThat(played).endsWith("10.20");
        player.seenEnough();
        assertThat(player.step()).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(played).endsWith("10.20", "10.30");
        assertThat(player.late()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void countsWhatIsOverdue() {
        player.begin();
        time.advance(Duration.ofSeconds(2));

        assertThat(player.overdue()).isEqualTo(2);
        player.step();
        assertThat(player.overdue()).isZero();
    }
}
