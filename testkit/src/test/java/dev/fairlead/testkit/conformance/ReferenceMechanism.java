package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.ReferenceStore.LogData;
import dev.fairlead.testkit.conformance.ReferenceStore.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The smallest mechanism that keeps the whole contract: lists in memory below one lock.
 *
 * <p>It is here to prove the suite. Each protected method is a place where a mutant breaks one promise.
 */
class ReferenceMechanism extends ReferenceQueueing implements Mechanism, Log, Table, Call {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,99}");

    final Map<String, Beat> beats = new HashMap<>();
    final Map<String, LogWriter> openWriters = new HashMap<>();
    boolean closed;
    private final Set<Capability> capabilities;

    ReferenceMechanism(ReferenceStore store, Set<Capability> capabilities, TimeSource time) {
        super(store, time);
        this.capabilities = capabilities;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public void define(LogDefinition definition) {
        synchronized (store) {
            requireOpen();
            checkName(definition.name());
            LogData existing = store.logs.get(definition.name());
            if (existing != null && !sameRetention(existing.definition, definition)) {
                throw new FairleadException(ErrorCode.PLAN, definition.name() + " exists with another retention");
            }
            require(capabilityOf(definition.retention()), definition.name());
            if (definition.durability().reaches(Durability.D1)) {
                require(Capability.SURVIVES_KILL, definition.name());
            }
            if (definition.durability().reaches(Durability.D2)) {
                require(Capability.SURVIVES_POWER_LOSS, definition.name());
            }
            store.logs.putIfAbsent(definition.name(), new LogData(definition));
        }
    }

    @Override
    public LogWriter claim(String log, String owner) {
        synchronized (store) {
            LogData data = data(log);
            if (openWriters.containsKey(log)) {
                require(Capability.FENCING, log);
            }
            data.epoch = epochAfter(data.epoch);
            data.searched = SearchedFields.NONE;
            ReferenceWriter writer = new ReferenceWriter(this, data, data.epoch);
            openWriters.put(log, writer);
            return writer;
        }
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        synchronized (store) {
            LogData data = data(log);
            if (offset < data.end) {
                require(Capability.REPLAY, log);
            }
            return new ReferenceReader(this, data, Math.max(offset, data.start));
        }
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        synchronized (store) {
            return boundsOf(data(log));
        }
    }

    @Override
    public int partitions(String log) {
        synchronized (store) {
            data(log);
            return 1;
        }
    }

    @Override
    public void commit(String log, String group, Position next) {
        synchronized (store) {
            LogData data = data(log);
            require(Capability.GROUP_POSITIONS, log);
            Position noted = data.positions.get(group);
            if (noted != null && goesBack(noted, next)) {
                throw new FairleadException(
                        ErrorCode.BAD_VALUE, group + " stands at " + noted + ", not before " + next);
            }
            data.positions.put(group, next);
        }
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        synchronized (store) {
            LogData data = data(log);
            require(Capability.GROUP_POSITIONS, log);
            return Optional.ofNullable(data.positions.get(group));
        }
    }

    @Override
    public Optional<LogRecord> latest(String log, byte[] key) {
        synchronized (store) {
            LogData data = data(log);
            require(Capability.LOOKUP, log);
            return data.records.stream()
                    .map(Stored::record)
                    .filter(record -> Arrays.equals(record.key(), key))
                    .reduce((older, newer) -> newer);
        }
    }

    @Override
    public LogWriter claim(String log, String owner, SearchedFields fields) {
        synchronized (store) {
            LogData data = data(log);
            require(Capability.FIND, log);
            LogWriter writer = claim(log, owner);
            data.searched = fields;
            return writer;
        }
    }

    @Override
    public FoundRecords find(String log, Map<String, String> texts, byte @Nullable [] after, int most) {
        synchronized (store) {
            LogData data = data(log);
            require(Capability.FIND, log);
            if (texts.isEmpty() || most < 1) {
                throw new FairleadException(ErrorCode.BAD_VALUE, "nothing of " + log + " is asked for");
            }
            if (data.epoch == 0) {
                return new FoundRecords(List.of(), null);
            }
            if (!data.searched.names().containsAll(texts.keySet())) {
                throw new FairleadException(ErrorCode.PLAN, log + " is not found by all of " + texts.keySet());
            }
            List<LogRecord> found = found(data, texts).stream()
                    .filter(record -> after == null || Arrays.compareUnsigned(record.key(), after) > 0)
                    .toList();
            return pageOf(found, most);
        }
    }

    protected List<LogRecord> found(LogData data, Map<String, String> texts) {
        Map<String, LogRecord> latest = new HashMap<>();
        data.records.stream()
                .map(Stored::record)
                .filter(record -> !record.isErased())
                .forEach(record -> latest.put(Arrays.toString(record.key()), record));
        return latest.values().stream()
                .filter(record -> fits(data.searched.texts(record.payload()), texts))
                .sorted((one, other) -> Arrays.compareUnsigned(one.key(), other.key()))
                .toList();
    }

    protected boolean fits(Map<String, String> found, Map<String, String> wanted) {
        return found.entrySet().containsAll(wanted.entrySet());
    }

    protected FoundRecords pageOf(List<LogRecord> found, int most) {
        return found.size() <= most
                ? new FoundRecords(found, null)
                : new FoundRecords(found.subList(0, most), found.get(most - 1).key());
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        synchronized (store) {
            requireOpen();
            require(Capability.CALL, item);
            if (room < 1 || room > MAX_ROOM) {
                throw new FairleadException(ErrorCode.BAD_VALUE, "no answerer of " + item + " has room for " + room);
            }
        }
        return store.calls.answer(this, item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        try {
            synchronized (store) {
                requireOpen();
                require(Capability.CALL, item);
                checkQuestion(item, question);
            }
            return store.calls.ask(this, item, question, deadline, mostWaiting());
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    @Override
    protected void checkQuestion(String item, Question question) {
        if (question.header().length > Question.MAX_HEADER || question.payload().length > Question.MAX_PAYLOAD) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "a question to " + item + " is beyond the limits");
        }
    }

    protected Answer checkAnswer(Answer answer) {
        boolean fits = switch (answer) {
            case Answer.Given given -> given.payload().length <= Question.MAX_PAYLOAD;
            case Answer.Refused refused -> refused.message().length() <= Answer.MAX_MESSAGE;
        };
        return fits ? answer : new Answer.Refused(new byte[0], Answer.FAILED, "the answer is beyond the limits");
    }

    protected Answer answerFor(Throwable thrown) {
        return new Answer.Refused(new byte[0], Answer.FAILED, "the answerer failed");
    }

    protected Answer answerOf(ReferenceCalls.Asked asked, Answer answer) {
        return answer;
    }

    protected boolean hasRoom(int held, int room) {
        return held < room;
    }

    protected int mostWaiting() {
        return MAX_WAITING;
    }

    protected boolean late(long nanosBeyondTheDeadline) {
        return nanosBeyondTheDeadline >= 0;
    }

    protected ErrorCode expiryOf(boolean held) {
        return held ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.DEADLINE;
    }

    protected long countOf(long dropped) {
        return dropped;
    }

    protected void leave(ReferenceCalls calls, ReferenceCalls.Registered registered) {
        calls.leave(registered);
    }

    protected void closeCalls() {
        store.calls.close(this);
    }

    /** Applies the log's retention, as thoroughly as it may. */
    @Override
    public void applyRetention(String log) {
        synchronized (store) {
            LogData data = data(log);
            switch (data.definition.retention()) {
                case Retention.KeepAll all -> keepAll(data);
                case Retention.KeepFor keep -> keepFor(data, keep);
                case Retention.LatestPerKey latest -> keepLatest(data);
            }
        }
    }

    protected void keepAll(LogData data) {}

    protected void keepFor(LogData data, Retention.KeepFor keep) {
        List<Stored> kept = new ArrayList<>(data.records);
        while (!kept.isEmpty() && kept.getFirst().time().plus(keep.time()).isBefore(time().now())) {
            kept.removeFirst();
        }
        data.records = kept;
        data.start = kept.isEmpty() ? data.end : kept.getFirst().record().offset();
        data.compactedBelow = Math.max(data.compactedBelow, data.start);
    }

    protected void keepLatest(LogData data) {
        Map<String, Stored> latest = new HashMap<>();
        data.records.forEach(
                stored -> latest.put(Arrays.toString(stored.record().key()), stored));
        data.records = new ArrayList<>(
                data.records.stream().filter(latest::containsValue).toList());
        data.compactedBelow = data.end;
    }

    @Override
    protected void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new FairleadException(ErrorCode.PLAN, "a log cannot be named '" + name + "'");
        }
    }

    protected boolean sameRetention(LogDefinition one, LogDefinition other) {
        return one.retention().equals(other.retention());
    }

    protected long epochAfter(long epoch) {
        return epoch + 1;
    }

    protected boolean goesBack(Position noted, Position next) {
        return next.offset() < noted.offset();
    }

    protected LogBounds boundsOf(LogData data) {
        return new LogBounds(data.start, data.compactedBelow, data.end);
    }

    protected boolean isFenced(LogData data, long epoch) {
        return epoch < data.epoch;
    }

    protected void checkEntry(LogEntry entry) {
        if (entry.key().length == 0
                || entry.key().length > LogEntry.MAX_KEY
                || entry.header().length > LogEntry.MAX_HEADER
                || entry.payload().length > LogEntry.MAX_PAYLOAD) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "an entry is beyond the limits");
        }
    }

    protected void store(LogData data, List<LogEntry> entries) {
        entries.forEach(entry -> storeOne(data, entry));
        if (!capabilities().contains(Capability.DENSE_OFFSETS)) {
            data.end++;
        }
    }

    protected void storeOne(LogData data, LogEntry entry) {
        LogRecord record = new LogRecord(data.end, emptyFrom(data), entry.key(), entry.header(), entry.payload());
        data.records.add(new Stored(record, time().now()));
        data.end++;
        data.recordsBelow = data.end;
    }

    private long emptyFrom(LogData data) {
        return capabilities().contains(Capability.DENSE_OFFSETS) ? data.end : data.recordsBelow;
    }

    /** What a reader at {@code next} may pass over, because no record stands there. */
    protected LogBatch.@Nullable Hole holeOf(LogData data, long next) {
        boolean empty = next >= data.start && next >= data.recordsBelow && next < data.end;
        return empty ? new LogBatch.Hole(next, data.end) : null;
    }

    protected void checkErasure(LogData data, byte[] key, long below) {
        boolean follows = data.records.stream()
                .map(Stored::record)
                .anyMatch(record -> record.offset() == below && Arrays.equals(record.key(), key));
        if (!follows) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, data.definition.name() + " has no record of the key at " + below);
        }
    }

    protected long erase(LogData data, byte[] key, long below) {
        long erased = 0;
        for (int i = 0; i < data.records.size(); i++) {
            LogRecord record = data.records.get(i).record();
            if (record.offset() < below && Arrays.equals(record.key(), key)) {
                eraseOne(data, i);
                erased++;
            }
        }
        return erased;
    }

    protected void eraseOne(LogData data, int index) {
        Stored stored = data.records.get(index);
        data.records.set(index, new Stored(LogRecord.erased(stored.record().offset()), stored.time()));
    }

    protected Appended acknowledgement(Position first, Durability durability) {
        return new Appended(first, durability);
    }

    protected List<LogRecord> recordsFrom(LogData data, long offset, int max) {
        return data.records.stream()
                .map(Stored::record)
                .filter(record -> record.offset() >= offset)
                .limit(max)
                .toList();
    }

    protected Beat beatOf(LogData data, Beat beat) {
        return beat;
    }

    protected long waitOf(long nanos) {
        return nanos;
    }

    @Override
    protected void require(Capability capability, String log) {
        if (!capabilities.contains(capability)) {
            throw new FairleadException(ErrorCode.CAPABILITY, "reference has no " + capability + " for " + log);
        }
    }

    @Override
    protected void requireOpen() {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "reference is closed");
        }
    }

    private static Capability capabilityOf(Retention retention) {
        return switch (retention) {
            case Retention.KeepAll all -> Capability.KEEP_ALL;
            case Retention.KeepFor time -> Capability.KEEP_FOR;
            case Retention.LatestPerKey latest -> Capability.LATEST_PER_KEY;
        };
    }

    protected LogData data(String log) {
        requireOpen();
        LogData data = store.logs.get(log);
        if (data == null) {
            throw new FairleadException(ErrorCode.PLAN, log + " is not defined");
        }
        return data;
    }

    @Override
    public void close() {
        synchronized (store) {
            closed = true;
            closeQueues();
            wakeReaders();
        }
        closeTopics();
        closeCalls();
    }
}
