package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.failure;
import static dev.fairlead.mechanisms.embedded.Records.open;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closes, and interrupts, while everybody is busy. */
class CloseTest {
    @TempDir
    Path folder;

    @RepeatedTest(20)
    void endsEveryCallWithClosedAndLosesNothingAcknowledged() throws Exception {
        AtomicLong acknowledged = new AtomicLong();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            EmbeddedMechanism mechanism = open(folder, Durability.D1);
            LogWriter writer = Records.writer(mechanism, "a", new Retention.LatestPerKey(), Durability.D1);
            CountDownLatch busy = new CountDownLatch(300);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(threads.submit(() -> untilClosed(() -> {
                    CompletableFuture<?> append = writer.append(0, large());
                    append.thenAccept(done -> acknowledged.addAndGet(20));
                    if (append.isCompletedExceptionally()) {
                        throw failure(append);
                    }
                    busy.countDown();
                    return "appended";
                })));
                calls.add(threads.submit(() -> untilClosed(() -> {
                    mechanism.latest("a", "k1".getBytes(US_ASCII));
                    return mechanism.bounds("a", 0);
                })));
                calls.add(threads.submit(() -> readUntilClosed(mechanism)));
            }
            calls.add(threads.submit(() -> untilClosed(() -> {
                mechanism.applyRetention();
                return "applied";
            })));
            busy.await();
            long begin = System.nanoTime();
            mechanism.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("no reader waited for all of its time")
                    .isLessThan(Records.PATIENCE);
            for (Future<?> call : calls) {
                call.get();
            }
        }
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            assertThat(mechanism.bounds("a", 0).end()).isGreaterThanOrEqualTo(acknowledged.get());
        }
    }

    private static void untilClosed(Supplier<?> call) {
        try {
            while (true) {
                assertThat(call.get()).isNotNull();
            }
        } catch (FairleadException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CLOSED);
        }
    }

    private static void readUntilClosed(EmbeddedMechanism mechanism) {
        try (LogReader reader = mechanism.read("a", 0, 0)) {
            while (true) {
                if (reader.poll(100, Records.PATIENCE).records().size() < 50) {
                    reader.seek(0);
                }
            }
        } catch (FairleadException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CLOSED);
        }
    }

    private static List<LogEntry> large() {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(new LogEntry(("k" + i).getBytes(US_ASCII), new byte[0], new byte[2000]));
        }
        return entries;
    }

    @Test
    void aReaderThatWaitsIsEndedByItsOwnCloseAndByThatOfTheMechanism() throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            EmbeddedMechanism mechanism = open(folder, Durability.D0);
            Records.writer(mechanism, "a", Durability.D0);
            LogReader own = mechanism.read("a", 0, 0);
            LogReader other = mechanism.read("a", 0, 0);
            Future<?> first = threads.submit(() -> failure(ErrorCode.CLOSED, () -> own.poll(1, Records.PATIENCE)));
            Future<?> second = threads.submit(() -> failure(ErrorCode.CLOSED, () -> other.poll(1, Records.PATIENCE)));
            own.close();
            first.get();
            mechanism.close();
            second.get();
        }
    }

    @Test
    void anInterruptEndsAWaitAndStaysSet() throws Exception {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D0);
                LogReader reader = reader(mechanism)) {
            Thread.currentThread().interrupt();
            failure(ErrorCode.CLOSED, () -> reader.poll(1, Records.PATIENCE));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(reader.poll(1, Duration.ZERO).records()).isEmpty();
        }
    }

    private static LogReader reader(EmbeddedMechanism mechanism) {
        Records.writer(mechanism, "a", Durability.D0);
        return mechanism.read("a", 0, 0);
    }

    @Test
    void interruptsOfCallersNeverHarmTheStore() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                EmbeddedMechanism mechanism = open(folder, Durability.D2)) {
            LogWriter writer = Records.writer(mechanism, "a", Durability.D2);
            AtomicLong acknowledged = new AtomicLong();
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                int number = i;
                Future<?> call = threads.submit(() -> {
                    switch (number % 3) {
                        case 0 ->
                            writer.append(0, Records.numbered(number, 1, 5)).thenRun(acknowledged::incrementAndGet);
                        case 1 -> mechanism.commit("a", "g" + number, new Position(0, 0));
                        default -> readInterrupted(mechanism);
                    }
                });
                calls.add(call);
                if (new Random(i).nextInt(3) > 0) {
                    call.cancel(true);
                }
            }
            for (Future<?> call : calls) {
                if (!call.isCancelled()) {
                    call.get();
                }
            }
            Records.append(writer, "k", "last");
            assertThat(mechanism.bounds("a", 0).end()).isGreaterThan(acknowledged.get());
            assertThat(Records.texts(mechanism, "a")).last().isEqualTo("k=last");
        }
    }

    private static void readInterrupted(EmbeddedMechanism mechanism) {
        try (LogReader reader = mechanism.read("a", 0, 0)) {
            reader.poll(10, Duration.ofMillis(5));
        } catch (FairleadException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CLOSED);
        }
    }

    @Test
    void anAppendAfterTheCloseFails() {
        EmbeddedMechanism mechanism = open(folder, Durability.D0);
        LogWriter writer = Records.writer(mechanism, "a", Durability.D0);
        mechanism.close();
        assertThat(failure(writer.append(0, Records.numbered(0, 1, 1))).code()).isEqualTo(ErrorCode.CLOSED);
    }
}
