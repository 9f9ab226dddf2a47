package dev.fairlead.testkit.faults;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A mechanism between which and its users faults happen, by programme.
 *
 * <p>Without faults it behaves as the one inside, and declares the same capabilities. Faults can be added, healed and resumed at any
 * time from any thread. What counts as the first read of a record is decided for all readers of one wrapper together: give
 * each service of a test a wrapper of its own. Closing it closes the one inside. Questions, answers and messages pass without faults.
 *
 * <pre>{@code
 * FaultyMechanism faulty = FaultyMechanism.around(mechanism, time, 42);
 * ActiveFault lost = faulty.onDelivery("feed.quotes", DeliveryFault.drop().at(7));
 * ActiveFault unreachable = faulty.onDelivery("feed.quotes", DeliveryFault.fail(UNREACHABLE).at(7).on(Reads.AGAIN));
 * ...
 * unreachable.heal();
 * }</pre>
 */
public final class FaultyMechanism implements Mechanism, Log, Table, Call, Queue {
    private final Mechanism inner;
    private final TimeSource time;
    private final FaultPlan plan;

    private FaultyMechanism(Mechanism inner, TimeSource time, long seed) {
        this.inner = inner;
        this.time = time;
        this.plan = new FaultPlan(seed);
    }

    /** Wraps the mechanism; delays go by the time, chances by the seed. */
    public static FaultyMechanism around(Mechanism mechanism, TimeSource time, long seed) {
        return new FaultyMechanism(mechanism, time, seed);
    }

    /** Adds a fault to the deliveries of one log. */
    public ActiveFault onDelivery(String log, DeliveryFault fault) {
        return plan.add(log, fault);
    }

    /** Adds a fault to the appends of one log; it holds for writers claimed before, too. */
    public ActiveFault onAppend(String log, AppendFault fault) {
        return plan.add(log, fault);
    }

    /** Switches all faults off; they keep their counts. */
    public void healAll() {
        plan.healAll();
    }

    /** How often faults have hit, all together. */
    public long bites() {
        return plan.bites();
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Set<Capability> capabilities() {
        return inner.capabilities();
    }

    @Override
    public void define(LogDefinition definition) {
        log().define(definition);
    }

    @Override
    public LogWriter claim(String log, String owner) {
        return new FaultyWriter(log().claim(log, owner), log, plan, time);
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        return new FaultyReader(log().read(log, partition, offset), log, partition, plan, time);
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        return log().bounds(log, partition);
    }

    @Override
    public int partitions(String log) {
        return log().partitions(log);
    }

    @Override
    public void commit(String log, String group, Position next) {
        log().commit(log, group, next);
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        return log().committed(log, group, partition);
    }

    @Override
    public Optional<LogRecord> latest(String log, byte[] key) {
        return table(log).latest(log, key);
    }

    private Table table(String log) {
        if (inner instanceof Table table) {
            return table;
        }
        throw new FairleadException(
                ErrorCode.CAPABILITY, inner.name() + " cannot look up a key of " + log + ": it has no table");
    }

    @Override
    public LogWriter claim(String log, String owner, SearchedFields fields) {
        return new FaultyWriter(table(log).claim(log, owner, fields), log, plan, time);
    }

    @Override
    public FoundRecords find(String log, Map<String, String> texts, byte @Nullable [] after, int most) {
        return table(log).find(log, texts, after, most);
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        return call(item).answer(item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        return call(item).ask(item, question, deadline);
    }

    private Call call(String item) {
        if (inner instanceof Call call) {
            return call;
        }
        throw new FairleadException(ErrorCode.CAPABILITY, inner.name() + " cannot carry questions to " + item);
    }

    @Override
    public void define(QueueDefinition definition) {
        queue(definition.name()).define(definition);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return queue(queue).send(queue, message);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        return queue(queue).send(queue, message, notBefore);
    }

    @Override
    public boolean countsHandBack() {
        return inner instanceof Queue queue && queue.countsHandBack();
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        return queue(queue).receive(queue, lease);
    }

    @Override
    public QueueDepth depth(String queue) {
        return queue(queue).depth(queue);
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return queue(queue).deadLetters(queue);
    }

    @Override
    public long erase(String queue, Predicate<Question> which) {
        return queue(queue).erase(queue, which);
    }

    private Queue queue(String name) {
        if (inner instanceof Queue queue) {
            return queue;
        }
        throw new FairleadException(ErrorCode.CAPABILITY, inner.name() + " cannot carry messages of " + name);
    }

    private Log log() {
        if (inner instanceof Log log) {
            return log;
        }
        throw new FairleadException(ErrorCode.CAPABILITY, inner.name() + " has no logs");
    }

    @Override
    public void close() {
        inner.close();
    }
}
