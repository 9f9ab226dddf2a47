package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.Topic;
import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one scenario works with: an instance of the mechanism, and short words for what scenarios do with it. */
final class Scope implements AutoCloseable {
    private final MechanismUnderTest under;
    private final Set<Capability> capabilities;
    private final Duration patience;
    /** Begins now, because servers compare the times of records with their own clocks. */
    private final SettableTime time = SettableTime.at(Instant.now().truncatedTo(ChronoUnit.MICROS));

    private final Random random;
    /** Without replay, what was read so far of each log by the one reader that began at its beginning. */
    private final Map<String, Witness> witnesses = new HashMap<>();

    private Mechanism mechanism;
    private @Nullable Mechanism other;
    private int names;

    Scope(MechanismUnderTest under, Set<Capability> capabilities, Duration patience, long seed) {
        this.under = under;
        this.capabilities = capabilities;
        this.patience = patience;
        this.random = new Random(seed);
        this.mechanism = under.open(time);
    }

    Mechanism mechanism() {
        return mechanism;
    }

    Log log() {
        if (mechanism instanceof Log log) {
            return log;
        }
        throw new AssertionError("expected " + mechanism.name() + " to implement Log");
    }

    Table table() {
        if (mechanism instanceof Table table) {
            return table;
        }
        throw new AssertionError("expected " + mechanism.name() + ", which declares LOOKUP, to implement Table");
    }

    Call call() {
        return call(mechanism);
    }

    /** Questions through another instance, open on the same data at the same time. */
    Call otherCall() {
        return call(other());
    }

    private static Call call(Mechanism mechanism) {
        if (mechanism instanceof Call call) {
            return call;
        }
        throw new AssertionError("expected " + mechanism.name() + ", which declares CALL, to implement Call");
    }

    Topic topic() {
        return topic(mechanism);
    }

    /** The same topics through another instance, open on the same data at the same time. */
    Topic otherTopic() {
        return topic(other());
    }

    private static Topic topic(Mechanism mechanism) {
        if (mechanism instanceof Topic topic) {
            return topic;
        }
        throw new AssertionError("expected " + mechanism.name() + ", which declares TOPIC, to implement Topic");
    }

    Queue queue() {
        return queue(mechanism);
    }

    /** The same queues through another instance, open on the same data at the same time. */
    Queue otherQueue() {
        return queue(other());
    }

    private static Queue queue(Mechanism mechanism) {
        if (mechanism instanceof Queue queue) {
            return queue;
        }
        throw new AssertionError("expected " + mechanism.name() + ", which declares QUEUE, to implement Queue");
    }

    /** Another instance, open on the same data at the same time. */
    Mechanism other() {
        if (other == null) {
            other = under.open(time);
        }
        return other;
    }

    SettableTime time() {
        return time;
    }

    Random random() {
        return random;
    }

    Duration patience() {
        return patience;
    }

    boolean declares(Capability capability) {
        return capabilities.contains(capability);
    }

    Durability durability() {
        return under.durability();
    }

    /** A name that no other log of this scenario has. */
    String freshName() {
        return "conformance.log-" + names++;
    }

    /** A new log that keeps as much as the mechanism can. */
    String defined() {
        return defined(widest());
    }

    /** Lookups need a log that keeps latest records, where the mechanism has such logs. */
    String definedForLookup() {
        return defined(declares(Capability.LATEST_PER_KEY) ? new Retention.LatestPerKey() : widest());
    }

    Retention widest() {
        if (declares(Capability.KEEP_ALL)) {
            return new Retention.KeepAll();
        }
        return declares(Capability.KEEP_FOR)
                ? new Retention.KeepFor(Duration.ofDays(3650))
                : new Retention.LatestPerKey();
    }

    String defined(Retention retention) {
        String name = freshName();
        log().define(new LogDefinition(name, retention, durability()));
        if (!declares(Capability.REPLAY)) {
            witnesses.put(name, new Witness(log().read(name, 0, 0), new ArrayList<>()));
        }
        return name;
    }

    LogWriter writer(String log) {
        return log().claim(log, "conformance");
    }

    static LogEntry entry(String key, String value) {
        return new LogEntry(key.getBytes(UTF_8), new byte[] {7}, value.getBytes(UTF_8));
    }

    static String key(LogRecord record) {
        return new String(record.key(), UTF_8);
    }

    static String value(LogRecord record) {
        return new String(record.payload(), UTF_8);
    }

    static List<String> values(List<LogRecord> records) {
        return records.stream().map(Scope::value).toList();
    }

    static List<Long> offsets(List<LogRecord> records) {
        return records.stream().map(LogRecord::offset).toList();
    }

    /** Appends one record and waits for its offset. */
    long append(LogWriter writer, String key, String value) throws Exception {
        return append(writer, List.of(entry(key, value)));
    }

    long append(LogWriter writer, List<LogEntry> entries) throws Exception {
        return acknowledged(writer.append(0, entries)).first().offset();
    }

    /** The offset as it must be where offsets are dense, and at least that where some stay empty. */
    void expectOffset(long actual, long dense, String what) {
        if (declares(Capability.DENSE_OFFSETS)) {
            Expect.equal(actual, dense, what);
        } else {
            Expect.that(actual >= dense, what + " to be " + dense + " or more, not " + actual);
        }
    }

    /** Waits for an acknowledgement; a failure comes as it was. */
    <T> T acknowledged(CompletableFuture<T> write) throws Exception {
        try {
            return write.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof FairleadException cause) {
                throw cause;
            }
            throw new AssertionError("expected a write to fail with FairleadException only: " + failure, failure);
        }
    }

    /** All records that the log holds, from its start. */
    List<LogRecord> readAll(String log) {
        Witness witness = witnesses.get(log);
        if (witness != null) {
            return witness.upTo(log().bounds(log, 0).end(), patience);
        }
        return readFrom(log, 0);
    }

    /** The records from the offset on, to what is the end now. */
    List<LogRecord> readFrom(String log, long offset) {
        long end = log().bounds(log, 0).end();
        try (LogReader reader = log().read(log, 0, offset)) {
            return new Witness(reader, new ArrayList<>()).upTo(end, patience);
        }
    }

    void applyRetention(String log) {
        under.applyRetention(mechanism, log);
    }

    /** Closes the instance and opens another on the same data. */
    void reopen() {
        mechanism.close();
        mechanism = under.open(time);
    }

    /** Works on its own thread until it is joined. */
    Task start(Task.Work work) {
        return Task.start(work, patience);
    }

    /** Runs the work on as many threads, with their numbers from 0, and waits for all. */
    void together(int threads, Task.NumberedWork work) throws Exception {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            tasks.add(start(() -> work.run(number)));
        }
        for (Task task : tasks) {
            task.join();
        }
    }

    @Override
    public void close() {
        if (other != null) {
            other.close();
        }
        mechanism.close();
    }
}
