package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
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
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.calling.DistributedCall;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import dev.fairlead.spi.server.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Logs, latest values, queues and questions in tables of PostgreSQL, MariaDB or H2; each log has one partition.
 *
 * <p>All services that name the same database and tables share them, from any number of processes. An append is one transaction, with all
 * that waits for the same log; it holds the row of its log, so offsets have no gap, and a reader that sees a record sees all before it.
 * What an acknowledgement survives depends on the settings of the server, which are read at the opening. Leases and retention go by the
 * clocks of the hosts, which must agree better than a lease is long.
 */
public final class SqlMechanism implements Mechanism, Log, Table, Queue, Call {
    static final String NAME = "sql";

    private final Server server;
    private final Opening opening;
    private final DistributedCall calls;
    private final Map<String, LogRow> logs = new ConcurrentHashMap<>();
    private final Map<String, OpenQueue> queues = new ConcurrentHashMap<>();

    private SqlMechanism(Server server) {
        this.server = server;
        this.opening = new Opening(server);
        this.calls = new DistributedCall(
                "sql at " + server.database().place(), server.time(), inbox -> SqlCallTransport.open(server, inbox));
        opening.join(calls::close);
    }

    /** As {@link SqlProvider#open} does. */
    public static SqlMechanism open(MechanismOpening opening) {
        SqlSettings settings = SqlSettings.of(opening, System::getenv);
        return new SqlMechanism(Server.join(settings, opening.time()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(server.durability());
    }

    static Set<Capability> capabilities(Durability durability) {
        EnumSet<Capability> capabilities = EnumSet.complementOf(EnumSet.of(Capability.TOPIC));
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

    /** What a commit survives on this server as it is set up. */
    public Durability durability() {
        return server.durability();
    }

    /** The settings of the server that weaken it, each with what would help. */
    @Override
    public List<String> weakened() {
        return server.level().weakened();
    }

    @Override
    public void define(LogDefinition definition) {
        Server open = opening.server();
        LogLimits.checkName(definition.name());
        checkDurability("log " + definition.name(), definition.durability());
        open.workers().call(() -> {
            open.logs().logs().define(definition);
            return true;
        });
    }

    private void checkDurability(String what, Durability wanted) {
        if (!server.durability().reaches(wanted)) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    what + " asks for " + wanted + ", but " + server.database().place() + " offers "
                            + server.durability() + ": "
                            + String.join("; ", server.level().weakened()));
        }
    }

    @Override
    public LogWriter claim(String log, String owner) {
        return claim(opening.server(), log, owner, SearchedFields.NONE);
    }

    @Override
    public LogWriter claim(String log, String owner, SearchedFields fields) {
        Server open = opening.server();
        requireKeyed(row(open, log));
        fields.names().forEach(name -> StoredText.checkField(log, name));
        return claim(open, log, owner, fields);
    }

    private LogWriter claim(Server open, String log, String owner, SearchedFields fields) {
        String checked = StoredText.of(LogLimits.checkOwner(owner), owner.length());
        LogRow row = row(open, log);
        SearchedClaims claims = open.logs().claims();
        Claimed claimed = claims.claim(row, checked, fields);
        SearchIndex index = row.keyed() ? claims.index(row, claimed.epoch(), fields) : null;
        open.housekeeper().add(row);
        return new SqlLogWriter(opening, open.logs(), row, claimed, index);
    }

    private LogRow row(Server open, String log) {
        LogRow known = logs.get(log);
        if (known != null) {
            return known;
        }
        LogRow found = open.workers().call(() -> open.logs().logs().get(log));
        logs.put(log, found);
        return found;
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        LogLimits.checkPartition(log, partition);
        Server open = opening.server();
        LogRow row = row(open, log);
        open.workers().call(() -> open.logs().logs().head(row)); // fails when it is gone
        return new SqlLogReader(opening, open.logs(), row, offset);
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        LogLimits.checkPartition(log, partition);
        Server open = opening.server();
        return open.workers().call(() -> open.logs().logs().bounds(log));
    }

    @Override
    public int partitions(String log) {
        row(opening.server(), log);
        return 1;
    }

    @Override
    public void commit(String log, String group, Position next) {
        LogLimits.checkPartition(log, next.partition());
        StoredText.checkGroup(group);
        Server open = opening.server();
        LogRow row = row(open, log);
        open.workers().call(() -> {
            open.logs().positions().commit(row, group, next.offset());
            return true;
        });
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        LogLimits.checkPartition(log, partition);
        Server open = opening.server();
        LogRow row = row(open, log);
        return open.workers().call(() -> open.logs().positions().committed(row, group));
    }

    @Override
    public Optional<LogRecord> latest(String log, byte[] key) {
        Server open = opening.server();
        LogRow row = requireKeyed(row(open, log));
        return open.workers().call(() -> open.logs().records().latest(row, key));
    }

    @Override
    public FoundRecords find(String log, Map<String, String> texts, byte @Nullable [] after, int most) {
        Server open = opening.server();
        LogRow row = requireKeyed(row(open, log));
        return open.workers().call(() -> open.logs().finds().find(row, texts, after, most));
    }

    private static LogRow requireKeyed(LogRow row) {
        if (row.keyed()) {
            return row;
        }
        throw new FairleadException(
                ErrorCode.CAPABILITY,
                "log " + row.name() + " is kept with " + row.retention()
                        + "; only a log that keeps the latest record of each key is looked up in");
    }

    @Override
    public void define(QueueDefinition definition) {
        Server open = opening.server();
        LogLimits.checkName(definition.name());
        checkDurability("queue " + definition.name(), definition.durability());
        open.workers().call(() -> {
            open.queues().queues().define(definition);
            return true;
        });
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return sending(queue, message, now -> 0);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        return sending(queue, message, now -> due(queue, notBefore, now));
    }

    /** The moment, in nanoseconds since 1970; 0 when it has passed. */
    private static long due(String queue, Instant notBefore, Instant now) {
        QueueLimits.checkMoment(queue, notBefore, now);
        return notBefore.isAfter(now) ? Nanos.of(notBefore) : 0;
    }

    private CompletableFuture<Sent> sending(String queue, Question message, ToLongFunction<Instant> due) {
        try {
            OpenQueue open = queue(queue);
            QueueLimits.checkMessage(queue, message);
            return open.send(message, due.applyAsLong(server.time().now()));
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    private OpenQueue queue(String name) {
        Server open = opening.server();
        OpenQueue known = queues.get(name);
        if (known != null) {
            return known;
        }
        QueueRow row = open.workers().call(() -> open.queues().queues().get(name));
        return queues.computeIfAbsent(name, key -> new OpenQueue(opening, open, row));
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        opening.server();
        QueueLimits.checkLease(queue, lease);
        return new SqlReceiver(queue(queue), lease);
    }

    @Override
    public QueueDepth depth(String queue) {
        OpenQueue open = queue(queue);
        return server.workers()
                .call(() -> server.queues()
                        .queues()
                        .depth(open.row(), Nanos.of(server.time().now())));
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return new SqlDeadLetters(queue(queue));
    }

    @Override
    public long erase(String queue, Predicate<Question> which) {
        OpenQueue open = queue(queue);
        return server.workers().call(() -> server.queues().erasure().erase(open.row(), which));
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        return calls.answer(item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        return calls.ask(item, question, deadline);
    }

    /** Takes everything away that the retention of the log lets go now; in the background this happens later and more gently. */
    @Override
    public void applyRetention(String log) {
        Server open = opening.server();
        open.housekeeper().applyRetention(row(open, log));
    }

    /** As {@link SqlProvider#remove} does. */
    static void remove(MechanismOpening opening) {
        SqlSettings settings = SqlSettings.of(opening, System::getenv);
        try (Database database = new Database(settings);
                Workers workers = new Workers(SqlMechanism.NAME, 1)) {
            workers.call(() -> {
                database.awaitServer();
                new Schema(database, new Tables(database.dialect(), settings.prefix())).drop();
                return true;
            });
        }
    }

    /** Takes all tables away, with all that is in them, and closes this opening. */
    public void dropTables() {
        Server open = opening.server();
        open.workers().call(() -> {
            new Schema(open.database(), open.tables()).drop();
            return true;
        });
        close();
    }

    @Override
    public void close() {
        opening.close();
    }
}
