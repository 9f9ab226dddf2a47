package dev.fairlead.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final Effort THREE = new Effort(3, 1, Effort.Judgement.BOUNDS);

    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTwo() {
        assertThat(Median.of(List.of(3.0, 1.0, 100.0))).isEqualTo(3.0);
        assertThat(Median.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Median.of(List.of()));
    }

    @Test
    void aPercentileIsTheSmallestTimeThatTheShareDoesNotExceed() {
        Percentiles hundred = new Percentiles(
                DoubleStream.iterate(100, time -> time - 1).limit(100).toArray());
        assertThat(hundred.at(0.5)).isEqualTo(50);
        assertThat(hundred.at(0.99)).isEqualTo(99);
        assertThat(hundred.at(1)).isEqualTo(100);
        assertThat(new Percentiles(7).at(0.01)).isEqualTo(7);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(Percentiles::new);
    }

    @Test
    void subjectsAreMeasuredInTurnRoundAfterRound() throws Exception {
        List<String> measured = new ArrayList<>();
        Rates rates = Rates.measure(
                "something",
                new Run(THREE, Path.of("."), step -> {}),
                new Rounds<Double>()
                        .of("ours", () -> {
                            measured.add("ours");
                            return measured.size() * 10.0;
                        })
                        .of("reference", () -> {
                            measured.add("reference");
                            return measured.size() * 1.0;
                        }));

        assertThat(measured).containsExactly("ours", "reference", "ours", "reference", "ours", "reference");
        assertThat(rates.of("ours")).isEqualTo(30);
        assertThat(rates.ratio("ours", "reference")).isEqualTo(7.5);
    }

    @Test
    void aTableShowsEachSubjectBesideTheReference() {
        Measurements measurements = new Measurements(THREE);
        new Rates("something", Map.of("ours", List.of(2e6, 1e6, 3e6))).table("ours", measurements);

        assertThat(measurements.rows())
                .containsExactly(new Measurements.Row("something", "ours", "2.00 M/s", "1.00 M - 3.00 M", "reference"));
    }

    @Test
    void aBoundThatIsMissedFailsTheRun() {
        Measurements measurements = new Measurements(THREE);
        measurements.atLeast("rate", 2, 1);
        assertThat(measurements.passed()).isTrue();
        measurements.atMost("time", 2, 1);
        assertThat(measurements.passed()).isFalse();
        assertThat(measurements.checks().getLast().detail()).isEqualTo("2.00, wanted at most 1.00");
    }

    @Test
    void aPaceKeepsItsRateAndTellsHowLongAgoAStepWas() throws Exception {
        Pace pace = new Pace(200);
        List<Integer> steps = new ArrayList<>();
        pace.run(steps::add);

        assertThat(steps).hasSize(200).isSorted();
        assertThat(pace.perSecond()).isPositive().isLessThanOrEqualTo(Pace.PER_SECOND * 1.01);
        assertThat(pace.microsSince(0, System.nanoTime())).isGreaterThan(pace.microsSince(199, System.nanoTime()));
        assertThat(pace.withoutWarmUp(new double[200])).hasSize(180);
    }
}
