package dev.fairlead.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BenchmarksTest {
    @TestFactory
    Stream<DynamicTest> runsToItsEndAndHasFigures() {
        return Benchmarks.all().stream()
                .map(benchmark -> DynamicTest.dynamicTest(benchmark.name(), () -> {
                    List<String> steps = new ArrayList<>();
                    Measurements measurements = benchmark.run(Effort.QUICK, steps::add);

                    assertThat(steps).isNotEmpty();
                    assertThat(measurements.rows()).isNotEmpty();
                    assertThat(measurements.figures())
                            .isNotEmpty()
                            .allSatisfy((name, value) ->
                                    assertThat(value).as(name).isPositive().isFinite());
                    assertThat(measurements.checks())
                            .as("a quick run judges nothing")
                            .isEmpty();
                }));
    }

    @Test
    void theLogFiguresHaveTheNamesThatScriptsRelyOn() throws Exception {
        assertThat(new LogBenchmark().run(Effort.QUICK, step -> {}).figures())
                .containsKeys(
                        "appendBuffered.perSecond",
                        "appendBuffered.ratioToReference",
                        "appendSynced.perSecond",
                        "appendSynced.ratioToReference",
                        "replay.perSecond",
                        "replay.ratioToReference",
                        "latency.p50Micros",
                        "latency.p99Micros");
    }

    @Test
    void aBoundThatIsMissedFailsTheRun() {
        Measurements measurements = new Measurements(Effort.FULL);
        measurements.atLeast("rate", 2, 1);
        assertThat(measurements.passed()).isTrue();
        measurements.atMost("time", 2, 1);
        assertThat(measurements.passed()).isFalse();
        assertThat(measurements.checks().getLast().detail()).isEqualTo("2.00, wanted at most 1.00");
    }

    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(Medians.median(List.of(3.0, 1.0, 100.0))).isEqualTo(3.0);
        assertThat(Medians.median(List.of(1.0, 2.0))).isEqualTo(1.5);
    }
}
