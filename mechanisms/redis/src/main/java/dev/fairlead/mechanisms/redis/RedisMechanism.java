package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.calling.DistributedCall;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.input.QueueLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import redis.clients.jedis.Protocol;

/**
 * Logs, latest values, queues and questions in one server of Redis or Valkey; each log has one partition.
 *
 * <p>All services that name the same server, database and keys share them, from any number of processes. Whatever changes a log or a queue
 * is one script, of which nobody sees the middle. What an acknowledgement survives depends on the settings of the server, which are read
 * whenever a connection is made, and every twenty seconds. Leases and retention go by the clocks of the hosts, which must agree better
 * than a lease is long. A call fails when the server has not answered within the time-out, at most as long again after it began to wait.
 */
public final class RedisMechanism implements Mechanism, Log, Table, Queue, Call {
    static final String NAME = "redis";

    private final Server server;
    private final Logs logs;
    private final LogCopying copying;
    private final Housekeeper housekeeper;
    private final Queues queues;
    private final DistributedCall calls;
    private final Map<String, LogRow> known = new ConcurrentHashMap<>();
    private final Map<String, OpenQueue> open = new ConcurrentHashMap<>();

    private RedisMechanism(Server server) {
        this.server = server;
        this.logs = new Logs(server);
        this.copying = new LogCopying(server, logs);
        this.queues = new Queues(server);
        this.housekeeper = new Housekeeper(server, logs, copying);
        this.calls =
                new DistributedCall(server.place(), server.time(), inbox -> RedisCallTransport.open(server, inbox));
        server.join(calls::close);
    }

    /** As {@link RedisProvider#open} does. */
    public static RedisMechanism open(MechanismOpening opening) {
        return new RedisMechanism(Server.open(RedisSettings.of(opening, System::getenv), opening.time()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(durability());
    }

    static Set<Capability> capabilities(Durability durability) {
        EnumSet<Capability> capabilities = EnumSet.complementOf(EnumSet.of(Capability.TOPIC, Capability.FIND));
        if (!durability.reaches(Durability.D2)) {
            capabilities.remove(Capability.SURVIVES_POWER_LOSS);
        }
        if (!durability.reaches(Durability.D1)) {
            capabilities.remove(Capability.SURVIVES_KILL);
        }
        return capabilities;
    }

    Server server() {
        return server;
    }

    /** What an acknowledged write survives on this server as it was set up when it was last asked. */
    public Durability durability() {
        return server.level().durability();
    }

    @Override
    public List<String> weakened() {
        return server.level().weakened();
    }

    @Override
    public void define(LogDefinition definition) {
        server.requireOpen();
        LogLimits.checkName(definition.name());
        server.level().require("log " + definition.name(), server.place(), definition.durability());
        known.put(definition.name(), logs.define(definition));
    }

    private LogRow log(String name) {
        server.requireOpen();
        LogRow found = known.get(name);
        if (found != null) {
            return found;
        }
        LogRow got = logs.get(LogLimits.checkName(name));
        known.put(name, got);
        return got;
    }

    @Override
    public LogWriter claim(String log, String owner) {
        LogRow row = log(log);
        Logs.Claim claim = logs.claim(row, LogLimits.checkOwner(owner));
        housekeeper.add(row);
        return new RedisLogWriter(server, logs, row, claim, copying);
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        LogLimits.checkPartition(log, partition);
        LogRow row = log(log);
        return new RedisLogReader(server, logs, row, offset, logs.head(row));
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        LogLimits.checkPartition(log, partition);
        return logs.head(log(log)).bounds();
    }

    @Override
    public int partitions(String log) {
        log(log);
        return 1;
    }

    @Override
    public void commit(String log, String group, Position next) {
        LogLimits.checkPartition(log, next.partition());
        LogLimits.checkGroup(group);
        logs.commit(log(log), group, next.offset());
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        LogLimits.checkPartition(log, partition);
        return logs.committed(log(log), group);
    }

    @Override
    public Optional<LogRecord> latest(String log, byte[] key) {
        return logs.latest(log(log), key);
    }

    @Override
    public void define(QueueDefinition definition) {
        server.requireOpen();
        LogLimits.checkName(definition.name());
        server.level().require("queue " + definition.name(), server.place(), definition.durability());
        queues.define(definition);
    }

    private OpenQueue queue(String name) {
        server.requireOpen();
        OpenQueue found = open.get(name);
        if (found != null) {
            return found;
        }
        QueueRow row = queues.get(LogLimits.checkName(name));
        return open.computeIfAbsent(name, key -> new OpenQueue(server, queues, row));
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return send(queue, message, Instant.MIN);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        try {
            OpenQueue found = queue(queue);
            QueueLimits.checkMessage(queue, message);
            Instant now = server.time().now();
            QueueLimits.checkMoment(queue, notBefore, now);
            return found.send(message, notBefore.isAfter(now) ? notBefore : Instant.MIN);
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    @Override
    public boolean countsHandBack() {
        return false;
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        QueueLimits.checkLease(queue, lease);
        return new RedisReceiver(queue(queue), lease);
    }

    @Override
    public QueueDepth depth(String queue) {
        return queues.depth(queue(queue).row());
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return new RedisDeadLetters(queues, queue(queue));
    }

    @Override
    public long erase(String queue, Predicate<Question> which) {
        return queues.erase(queue(queue).row(), which);
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        server.requireOpen();
        return calls.answer(item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        return calls.ask(item, question, deadline);
    }

    @Override
    public void applyRetention(String log) {
        housekeeper.apply(log(log));
    }

    /** Takes all keys away, with all that is in them. */
    void deleteKeys() {
        server.requireOpen();
        server.call("deleting all keys", connection -> {
            byte[] cursor = Words.of("0");
            do {
                connection.sendCommand(
                        Protocol.Command.SCAN,
                        cursor,
                        Words.of("MATCH"),
                        Words.of(server.settings().prefix() + ":*"),
                        Words.of("COUNT"),
                        Words.of("1000"));
                Reply page = Reply.of(connection.getOne());
                cursor = page.bytes(0);
                for (int i = 0; i < page.list(1).size(); i++) {
                    connection.sendCommand(Protocol.Command.UNLINK, page.list(1).bytes(i));
                    connection.getIntegerReply();
                }
            } while (!Arrays.equals(cursor, Words.of("0")));
            return true;
        });
    }

    @Override
    public void close() {
        housekeeper.close();
        server.close();
    }
}
