package dev.fairlead.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fairlead.servers.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {
    @TempDir
    private Path folder;

    private final List<String> steps = new ArrayList<>();

    @Test
    void theLogFiguresHaveTheNamesThatScriptsRelyOn() throws Exception {
        assertThat(measured(new LogBenchmark()).figures())
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
    void readsOfACopyAreMeasuredBesideAMap() throws Exception {
        assertThat(measured(new CopyBenchmark()).figures())
                .containsKeys("copyRead.ratioToReference", "memory.copyBytesPerEntry", "memory.mapBytesPerEntry");
    }

    @Test
    void aFeedIsMeasuredFromOwnerToCopyAndFromTheStartOfItsProcess() throws Exception {
        assertThat(measured(new FeedBenchmark()).figures())
                .containsKeys("feed.batches.perSecond", "feed.latency.p50Micros", "ready.millis");
    }

    @Test
    void requestsThingsToldAndEventsAreMeasuredBesideWhatTheMachineGives() throws Exception {
        assertThat(measured(new RequestBenchmark()).figures())
                .containsKeys(
                        "ask.perSecond",
                        "ask.p50Micros",
                        "tell.perSecond",
                        "events.perSecond",
                        "events.inbox.perSecond",
                        "parked.ratioToReference");
    }

    @Test
    void aPlanIsMeasuredBesideTheParsingOfItsFiles() throws Exception {
        assertThat(measured(new PlanBenchmark()).figures())
                .containsKeys("plan.seconds", "checkAll.times5.processorSeconds", "structure.seconds");
    }

    @Test
    void aNodeIsMeasuredBesideABareServerAndItsOwnStore() throws Exception {
        assertThat(measured(new NodeBenchmark()).figures())
                .containsKeys(
                        "nodeGet.ratioToReference",
                        "nodeGet.p99Micros",
                        "nodeUnchanged.ratioToReference",
                        "nodeStreams.coreShare",
                        "nodeAppend.perSecond");
    }

    @Test
    void mechanismsInFrontOfServersAreMeasuredBesidePlainClients() throws Exception {
        assertThat(measured(new ServersBenchmark(new Started(List.of("sql", "redis"))))
                        .figures())
                .containsKeys(
                        "sql.append.ratioToReference",
                        "sql.queue.ratioToReference",
                        "redis.append.ratioToReference",
                        "redis.stream.ratioToReference");
    }

    @Test
    void aMechanismWithoutAServerIsNotMeasuredOnOne() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> measured(new ServersBenchmark(new Started(List.of("embedded")))))
                .withMessageContaining("embedded")
                .withMessageContaining("kafka, rabbitmq, activemq, sql, redis");
    }

    /** The servers that start within seconds. */
    private record Started(List<String> mechanisms) implements Servers {
        @Override
        public Map<String, String> settings(String mechanism) {
            return mechanism.equals("sql") ? RealServer.POSTGRESQL.shared() : RealServer.REDIS.shared();
        }
    }

    @Test
    void aRecordThatDoesNotComeBackAsItWasWrittenIsAnError() {
        Records records = new Records(1);
        byte[] record = Records.bytes(records.at(7));
        records.verify(7, record, Records.Look.EVERY_BYTE);
        record[100]++;

        records.verify(7, record, Records.Look.BOTH_ENDS);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> records.verify(7, record, Records.Look.EVERY_BYTE))
                .withMessageContaining("record 7");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> records.verify(8, record, Records.Look.BOTH_ENDS));
    }

    private Measurements measured(Benchmark benchmark) throws Exception {
        Measurements measurements = benchmark.run(new Run(Effort.QUICK, folder, steps::add));

        assertThat(steps).isNotEmpty();
        assertThat(measurements.rows()).isNotEmpty();
        assertThat(measurements.figures())
                .allSatisfy(
                        (name, value) -> assertThat(value).as(name).isPositive().isFinite());
        assertThat(measurements.checks()).as("a quick run judges nothing").isEmpty();
        assertThat(leftOver()).as("files left behind").isEmpty();
        return measurements;
    }

    private List<Path> leftOver() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
