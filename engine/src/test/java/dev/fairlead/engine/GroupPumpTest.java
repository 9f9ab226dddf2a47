package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replay where the offsets of a log have holes. */
class GroupPumpTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final byte[] NOTHING = {};

    private final SparseLog log = new SparseLog();
    private final GroupProgress progress = new GroupProgress(0);
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final Lanes lanes = new Lanes("test", lane -> new Next.Done(), TimeSource.SYSTEM);
    private volatile boolean holds;
    private final GroupPump pump =
            new GroupPump("the group", log, "the item", this::take, lanes, progress, new GroupCounts(), () -> false);

    private void take(List<Taken> page) {
        taken.addAll(page);
        if (!holds) {
            page.forEach(progress::done);
        }
    }

    @AfterEach
    void close() {
        pump.close();
        lanes.close();
    }

    private void start() {
        Thread.ofPlatform().daemon().start(pump);
    }

    @Test
    void aReplayIsOverBehindAHoleThatNewRecordsStandBehind() {
        log.write(0, 1, 2);
        log.end(4); // nothing stands at 3
        start();
        await().atMost(SOON).until(() -> progress.position() == 4);

        log.whenSought = () -> {
            log.write(4, 5);
            log.end(6);
        };
        pump.replay(0);

        await().atMost(SOON).until(() -> progress.replay().isEmpty());
        await().atMost(SOON).until(() -> progress.position() == 6);
        assertThat(taken).extracting(Taken::offset).containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 4L, 5L);
        assertThat(taken).filteredOn(Taken::replayed).hasSize(3);
    }

    /** Whoever waits until nothing more happens would else go on before the replay has begun. */
    @Test
    void aReplayIsUnderWayAsSoonAsItIsAskedForEvenIfAHoleIsPassedBeforeItBegins() {
        holds = true;
        log.write(0, 1, 2);
        log.end(3);
        start();
        await().atMost(SOON).until(() -> taken.size() == 3);

        pump.replay(0);
        log.end(9);
        await().atMost(SOON).until(() -> log.polls > 3);
        progress.pass(9);
        assertThat(progress.replay()).isPresent();

        holds = false;
        List.copyOf(taken).forEach(progress::done);
        await().atMost(SOON).until(() -> progress.replay().isEmpty());
        assertThat(taken).filteredOn(Taken::replayed).hasSize(3);
    }

    /** A log whose records stand where the test writes them, with nothing between; only to be read. */
    private static final class SparseLog implements Log {
        private final Set<Long> offsets = new ConcurrentSkipListSet<>();
        private volatile long end;
        private volatile Runnable whenSought = () -> {};
        private volatile int polls;

        void write(long... written) {
            for (long offset : written) {
                offsets.add(offset);
            }
        }

        /** What was written up to there can be read. */
        void end(long offset) {
            end = offset;
        }

        @Override
        public LogReader read(String name, int partition, long offset) {
            return new Reader(offset);
        }

        @Override
        public LogBounds bounds(String name, int partition) {
            return new LogBounds(0, 0, end);
        }

        @Override
        public int partitions(String name) {
            return 1;
        }

        @Override
        public Optional<Position> committed(String name, String group, int partition) {
            return Optional.empty();
        }

        @Override
        public void define(LogDefinition definition) {
            throw readOnly();
        }

        @Override
        public LogWriter claim(String name, String owner) {
            throw readOnly();
        }

        @Override
        public void commit(String name, String group, Position next) {
            throw readOnly();
        }

        private static FairleadException readOnly() {
            return new FairleadException(ErrorCode.CAPABILITY, "this log can only be read");
        }

        private final class Reader implements LogReader {
            private long next;
            private volatile boolean closed;

            Reader(long next) {
                this.next = next;
            }

            @Override
            public LogBatch poll(int maxRecords, Duration wait) {
                polls++;
                if (closed) {
                    throw new FairleadException(ErrorCode.CLOSED, "closed");
                }
                long until = end;
                long from = next;
                List<LogRecord> records = offsets.stream()
                        .filter(offset -> offset >= from && offset < until)
                        .map(offset ->
                                new LogRecord(offset, Long.toString(offset).getBytes(UTF_8), NOTHING, NOTHING))
                        .toList();
                long behind = records.isEmpty() ? from : records.getLast().offset() + 1;
                next = Math.max(from, until);
                if (records.isEmpty() && behind >= until) {
                    LockSupport.parkNanos(1_000_000);
                }
                return new LogBatch(
                        records, bounds("", 0), null, behind < until ? new LogBatch.Hole(behind, until) : null);
            }

            @Override
            public long next() {
                return next;
            }

            @Override
            public void seek(long offset) {
                next = offset;
                whenSought.run();
            }

            @Override
            public void close() {
                closed = true;
            }
        }
    }
}
