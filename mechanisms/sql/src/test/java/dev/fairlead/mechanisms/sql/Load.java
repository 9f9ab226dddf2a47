package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Threads that append to one log, whatever comes, and a reader that follows; what each saw is judged at the end. */
final class Load {
    private static final int APPENDERS = 4;

    private final SqlMechanism mechanism;
    private final String log;
    private final LogWriter writer;
    private final List<Thread> appenders = new ArrayList<>();
    private final Thread following;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> unknown = new ConcurrentLinkedQueue<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final Queue<LogRecord> delivered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final AtomicInteger refusedResumes = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean stopping;
    private volatile long end = Long.MAX_VALUE;

    Load(SqlMechanism mechanism, String log) {
        this.mechanism = mechanism;
        this.log = log;
        mechanism.define(new LogDefinition(log, new Retention.KeepAll(), Durability.D2));
        this.writer = mechanism.claim(log, "load");
        for (int number = 0; number < APPENDERS; number++) {
            String name = "appender " + number;
            appenders.add(Thread.ofPlatform().daemon().start(() -> append(name)));
        }
        this.following = Thread.ofPlatform().daemon().start(this::follow);
    }

    private void append(String name) {
        for (int i = 0; !stopping; i++) {
            String value = name + "/" + i;
            long begin = System.nanoTime();
            try {
                writer.append(0, List.of(new LogEntry(name.getBytes(UTF_8), new byte[0], value.getBytes(UTF_8))))
                        .join();
                acknowledged.add(value);
            } catch (CompletionException e) {
                boolean nobodyKnows =
                        e.getCause() instanceof FairleadException known && known.code() == ErrorCode.OUTCOME_UNKNOWN;
                (nobodyKnows ? unknown : failed).add(value);
            }
            longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
            resume();
        }
    }

    private void resume() {
        while (!stopping) {
            try {
                writer.resume();
                return;
            } catch (FairleadException away) {
                assertThat(away.code()).isEqualTo(ErrorCode.UNREACHABLE);
                refusedResumes.incrementAndGet();
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void follow() {
        try (LogReader reader = mechanism.read(log, 0, 0)) {
            while (reader.next() < end) {
                try {
                    List<LogRecord> records =
                            reader.poll(100, Duration.ofMillis(500)).records();
                    delivered.addAll(records);
                    deliveries.addAndGet(records.size());
                } catch (FairleadException away) {
                    assertThat(away.code()).isEqualTo(ErrorCode.UNREACHABLE);
                }
            }
        }
    }

    int deliveries() {
        return deliveries.get();
    }

    int trouble() {
        return unknown.size() + failed.size() + refusedResumes.get();
    }

    /** Ends the appenders, lets the reader come to the end, and says how the log must be. */
    void judge(Duration longest) throws InterruptedException {
        stopping = true;
        for (Thread appender : appenders) {
            appender.join();
        }
        end = mechanism.bounds(log, 0).end();
        following.join();
        List<String> values = new ArrayList<>();
        long expected = 0;
        for (LogRecord record : delivered) {
            assertThat(record.offset()).isEqualTo(expected++);
            values.add(new String(record.payload(), UTF_8));
        }
        Set<String> distinct = new HashSet<>(values);
        assertThat(distinct).as("each value once").hasSameSizeAs(values);
        assertThat(distinct).as("no acknowledged record is lost").containsAll(acknowledged);
        assertThat(failed).as("what failed is not there").noneMatch(distinct::contains);
        distinct.removeAll(acknowledged);
        assertThat(Duration.ofNanos(longestNanos.get()))
                .as("the longest append")
                .isLessThan(longest);
        assertThat(unknown).as("nothing came that nobody sent").containsAll(distinct);
    }
}
