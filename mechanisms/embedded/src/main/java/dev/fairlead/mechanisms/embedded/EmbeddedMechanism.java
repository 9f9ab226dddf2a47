package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
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
import dev.fairlead.spi.input.CallLimits;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.input.QueueLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Logs, latest values and queues on this machine, kept in one RocksDB per data folder; each log has one partition. Questions and answers
 * go from one opening of the folder to another within this process, and are not stored.
 *
 * <p>One thread writes for all logs and all openings of the folder: what waits meanwhile goes together into one write and at
 * most one flush to disk. Readers at the end are served from memory. A record that was acknowledged with D1 survives a kill of
 * the process, with D2 also a power loss; a folder in which such a record is missing or damaged is refused or fails on read,
 * never cut short in silence. A full volume fails the writers with STORAGE_FULL and leaves the readers alone.
 */
public final class EmbeddedMechanism implements Mechanism, Log, Table, Call, Queue {
    static final String NAME = "embedded";

    private final Durability durability;
    private final Opening opening;

    private EmbeddedMechanism(Durability durability, Opening opening) {
        this.durability = durability;
        this.opening = opening;
    }

    /** As {@link EmbeddedProvider#open} does. */
    public static EmbeddedMechanism open(MechanismOpening opening) {
        EmbeddedSettings settings = EmbeddedSettings.of(opening);
        Path data = settings.data();
        Stores.Lease lease =
                data == null ? Stores.memory(opening.folder(), opening.time()) : Stores.folder(data, opening.time());
        return new EmbeddedMechanism(settings.durability(), new Opening(lease));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(durability);
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

    @Override
    public void define(LogDefinition definition) {
        LogLimits.checkName(definition.name());
        checkDurability("log " + definition.name(), definition.durability());
        Store store = opening.store();
        DefineRequest request = new DefineRequest(store.logs(), definition);
        Outcome.of(store.queue(), request, request.result());
    }

    private void checkDurability(String what, Durability wanted) {
        if (!durability.reaches(wanted)) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    what + " asks for " + wanted + ", the embedded mechanism was opened with " + durability
                            + "; ask for less, or set 'durability' to " + wanted);
        }
    }

    /** The names of all logs in the data folder, in alphabetical order. */
    public List<String> logs() {
        return opening.store().logs().all().stream().map(OpenLog::name).sorted().toList();
    }

    /** The names of all queues in the data folder, in alphabetical order. */
    public List<String> queues() {
        return opening.store().queues().all().stream()
                .map(OpenQueue::name)
                .sorted()
                .toList();
    }

    @Override
    public LogWriter claim(String log, String owner) {
        Store store = opening.store();
        ClaimRequest request = new ClaimRequest(store.logs().get(log), LogLimits.checkOwner(owner));
        Claim claim = Outcome.of(store.queue(), request, request.result());
        return new EmbeddedLogWriter(opening, claim);
    }

    @Override
    public LogWriter continueClaim(String log, long epoch) {
        Store store = opening.store();
        ContinueClaimRequest request =
                new ContinueClaimRequest(new Claim(store.logs().get(log), epoch));
        return new EmbeddedLogWriter(opening, Outcome.of(store.queue(), request, request.result()));
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        LogLimits.checkPartition(log, partition);
        return EmbeddedLogReader.open(opening, opening.store().logs().get(log), offset);
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        LogLimits.checkPartition(log, partition);
        return opening.store().logs().get(log).bounds();
    }

    @Override
    public int partitions(String log) {
        opening.store().logs().get(log);
        return 1;
    }

    @Override
    public void commit(String log, String group, Position next) {
        LogLimits.checkPartition(log, next.partition());
        LogLimits.checkGroup(group);
        Store store = opening.store();
        PositionRequest request = new PositionRequest(store.logs().get(log), group, next.offset());
        Outcome.of(store.queue(), request, request.result());
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        LogLimits.checkPartition(log, partition);
        Long offset = opening.store().logs().get(log).positions().get(group);
        return Optional.ofNullable(offset).map(found -> new Position(0, found));
    }

    @Override
    public Optional<LogRecord> latest(String log, byte[] key) {
        Store store = opening.store();
        return LatestLookup.find(store.database(), store.logs().get(log), key);
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        LogLimits.checkName(item);
        CallLimits.checkRoom(item, room);
        CallLine line = opening.store().calls().open(item);
        EmbeddedAnswerer open = new EmbeddedAnswerer(item, room, answerer, line, opening);
        opening.join(open);
        line.join(open);
        return open;
    }

    /** Fails at once when nobody answers for the item on this data folder in this process. */
    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        try {
            LogLimits.checkName(item);
            CallLimits.check(item, question);
            return opening.ask(item, question, deadline);
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    @Override
    public void define(QueueDefinition definition) {
        LogLimits.checkName(definition.name());
        checkDurability("queue " + definition.name(), definition.durability());
        Store store = opening.store();
        DefineQueueRequest request = new DefineQueueRequest(store.queues(), definition);
        Outcome.of(store.queue(), request, request.result());
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return sending(queue, message, now -> SendRequest.NOW);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        return sending(queue, message, now -> DueMoment.of(queue, notBefore, now));
    }

    private CompletableFuture<Sent> sending(String queue, Question message, ToLongFunction<Instant> due) {
        try {
            Store store = opening.store();
            OpenQueue open = store.queues().get(queue);
            CallLimits.check(queue, message);
            Instant now = open.time().now();
            SendRequest request = new SendRequest(
                    open,
                    new StoredMessage(0, now.toEpochMilli(), "", message),
                    due.applyAsLong(now),
                    new PromptFuture<>(store.patience(open.row().definition().durability())));
            store.queue().add(request);
            return request.result();
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
        EmbeddedReceiver receiver =
                new EmbeddedReceiver(opening, opening.store().queues().get(queue), lease);
        opening.join(receiver);
        return receiver;
    }

    @Override
    public QueueDepth depth(String queue) {
        return opening.store().queues().get(queue).depth();
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return new EmbeddedDeadLetters(opening, opening.store().queues().get(queue));
    }

    @Override
    public long erase(String queue, Predicate<Question> which) {
        Store store = opening.store();
        OpenQueue open = store.queues().get(queue);
        EraseMessagesRequest request = new EraseMessagesRequest(open, store.database(), which);
        long erased = Outcome.of(store.queue(), request, request.result());
        PurgeRequest.purge(
                store.queue(),
                store.database(),
                Family.MESSAGES,
                QueueKeys.begin(open.id()),
                QueueKeys.begin(open.id() + 1));
        return erased;
    }

    /**
     * Takes everything away that the retention of the logs allows to go now, the newest superseded records included; in the
     * background this happens later and more gently. Returns when it is done.
     */
    public void applyRetention() {
        opening.store().applyRetention();
    }

    /** That of all logs, which is done together. */
    @Override
    public void applyRetention(String log) {
        bounds(log, 0);
        applyRetention();
    }

    @Override
    public void close() {
        opening.close();
    }
}
