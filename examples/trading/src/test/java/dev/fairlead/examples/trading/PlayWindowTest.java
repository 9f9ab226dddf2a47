package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayWindowTest {
    private static final List<Trade> REAL = TradeFile.open(null).trades();
    private static final Silence SILENCE = Silence.longest(REAL);
    private static final Duration RUN = Duration.ofSeconds(20);

    private static double due(PlayWindow window, long second) {
        return window.due(second) / 1e9;
    }

    private static List<Trade> at(long... seconds) {
        return LongStream.of(seconds)
                .mapToObj(second -> new Trade(second, BigDecimal.TEN, 1))
                .toList();
    }

    @Test
    void theLongestSilenceOfTheRealTradesLasts1282Seconds() {
        assertThat(SILENCE.seconds()).isEqualTo(1282);
        assertThat(REAL.get(SILENCE.lastBefore()).second()).isEqualTo(SILENCE.from());
        assertThat(REAL.get(SILENCE.lastBefore() + 1).second()).isEqualTo(SILENCE.to());
    }

    @Test
    void theSilenceComesEarlyInTheRunAtItsRealLength() {
        PlayWindow window = PlayWindow.around(SILENCE, REAL, 1000, RUN);

        assertThat(due(window, SILENCE.from())).isBetween(2.3, 2.5);
        assertThat(window.quiet()).isEqualTo(Duration.ofMillis(1282));
        assertThat(due(window, SILENCE.to())).isEqualTo(due(window, SILENCE.from()) + 1.282);
        assertThat(window.explained(1000)).singleElement().asString().contains("1,282 s", "lasts 1.28 s");
    }

    @ParameterizedTest
    @CsvSource({"30000, 20", "1000000, 20", "200000, 5", "100000, 10"})
    void aSpeedThatIsHighEnoughPlaysTheWholeFileWithinTheRun(double wanted, int seconds) {
        PlayWindow window = PlayWindow.around(SILENCE, REAL, wanted, Duration.ofSeconds(seconds));

        assertThat(window.first()).isZero();
        assertThat(window.speed()).isLessThanOrEqualTo(wanted);
        assertThat(due(window, REAL.getLast().second())).isBetween(0.9 * seconds, 1.0 * seconds);
        assertThat(window.quiet()).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void saysWhenTheSilenceIsStretchedOrTheSpeedLowered() {
        assertThat(PlayWindow.around(SILENCE, REAL, 1e6, RUN).explained(1e6))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("the file would end before the run"))
                .anySatisfy(line -> assertThat(line).contains("is played in 0.80 s"));
    }

    @Test
    void aSlowRunShortensTheSilenceSoThatTheOtherStoriesHaveTheirTime() {
        PlayWindow window = PlayWindow.around(SILENCE, REAL, 10, RUN);

        assertThat(window.quiet()).isEqualTo(Duration.ofSeconds(4));
        assertThat(due(window, SILENCE.to())).isLessThan(7);
    }

    @Test
    void timeNeverGoesBack() {
        PlayWindow window = PlayWindow.around(SILENCE, REAL, 1000, RUN);

        assertThat(REAL.stream().skip(window.first()).map(trade -> window.due(trade.second())))
                .isSorted()
                .allSatisfy(due -> assertThat(due).isNotNegative());
    }

    @Test
    void aSilenceAtTheBeginningOfAFileIsPlayedAtOnce() {
        List<Trade> trades = at(100, 5000, 5001, 90_000);
        PlayWindow window = PlayWindow.around(Silence.longest(trades.subList(0, 3)), trades, 1000, RUN);

        assertThat(window.first()).isZero();
        assertThat(window.due(100)).isZero();
    }

    @Test
    void aFileOfOneTradeCanBePlayed() {
        List<Trade> trades = at(100);

        assertThat(PlayWindow.around(Silence.longest(trades), trades, 1000, RUN).due(100))
                .isZero();
    }
}
