package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostFormulasTest {

    /** Figures worked out by hand for a catalogue of countries, one of products and vehicles on the road. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    300,     400,  0.0005, 3600, 200,  6,  1,    0.08,  0.1,    0.0,   0.3,  0.00
                    200000,  1200, 5,      30,   400,  6,  0.2,  307.7, 584.6,  39.6,  616,  5.28
                    200000,  1200, 5,      30,   3000, 20, 0.2,  923.1, 1753.8, 132.0, 616,  5.28
                    200000,  1200, 5,      30,   0.5,  1,  0.01, 0.5,   0.9,    6.6,   616,  5.28
                    50000,   150,  10000,  5,    300,  4,  0.1,  230.8, 196.2,  10800, 22.8, 0.27
                    5000000, 300,  20,     0,    150,  6,  0.05, 150,   150,    50.4,  4150, 42.0
                    """)
    void agreesWithTheFiguresWorkedOutByHand(
            double keys,
            double size,
            double changes,
            double within,
            double reads,
            double instances,
            double hot,
            double calls,
            double pullKilobytes,
            double pushKilobytes,
            double megabytes,
            double seconds) {
        Map<String, Double> cost = new CostFormulas(keys, size, changes, instances)
                .withPull(reads, within, hot, 700)
                .ofState();

        assertThat(cost.get("pullCallsPerSecond")).isCloseTo(calls, Offset.offset(0.05));
        assertThat(cost.get("pullBytesPerSecond")).isCloseTo(pullKilobytes * 1e3, Offset.offset(60.0));
        assertThat(cost.get("pushBytesPerSecond")).isCloseTo(pushKilobytes * 1e3, Offset.offset(60.0));
        assertThat(cost.get("memoryBytesPerInstance")).isCloseTo(megabytes * 1e6, Offset.offset(0.06e6));
        assertThat(cost.get("bootstrapSeconds")).isCloseTo(seconds, Offset.offset(0.006));
    }
}
