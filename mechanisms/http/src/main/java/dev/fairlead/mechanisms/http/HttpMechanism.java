package dev.fairlead.mechanisms.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Durability;
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
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.calling.DistributedCall;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.wire.LogMessages;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Logs, latest values, queues and questions at a node, used from another process. A restart of the node is waited for, up to the time-out. */
public final class HttpMechanism implements Mechanism, Log, Table, Queue, Call {
    static final String NAME = "http";
    private static final byte[] NOTHING = {};

    private final NodeLink link;
    private final HttpQueues queues;
    private final DistributedCall calls;
    private final Set<Capability> capabilities;
    private final Set<HttpLogWriter> writers = ConcurrentHashMap.newKeySet();

    private HttpMechanism(NodeLink link, Set<Capability> capabilities, TimeSource time) {
        this.link = link;
        this.queues = new HttpQueues(link);
        this.calls = new DistributedCall(link.settings().place(), time, inbox -> HttpCallTransport.open(link, inbox));
        this.capabilities = capabilities;
    }

    /** As {@link HttpProvider#open} does. */
    public static HttpMechanism open(MechanismOpening opening) {
        NodeLink link = new NodeLink(HttpSettings.of(opening, System::getenv));
        try {
            if (link.settings().clock() != null) {
                ToldClock.tell(link, link.settings().clock());
            }
            Set<String> able = Set.of(new String(link.about(), UTF_8).split("\n", -1));
            return new HttpMechanism(
                    link,
                    capabilities(Durability.D2).stream()
                            .filter(each -> able.contains(each.name()))
                            .collect(Collectors.toUnmodifiableSet()),
                    opening.time());
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    static void remove(MechanismOpening opening) {
        HttpSettings settings = HttpSettings.of(opening, System::getenv);
        try (NodeLink link = new NodeLink(settings)) {
            link.delete("/mechanism/spaces/" + settings.space());
        }
    }

    static Set<Capability> capabilities(Durability durability) {
        EnumSet<Capability> able = EnumSet.complementOf(EnumSet.of(Capability.TOPIC, Capability.FIND));
        if (!durability.reaches(Durability.D2)) {
            able.remove(Capability.SURVIVES_POWER_LOSS);
        }
        return able;
    }

    static String path(String log, String act) {
        return "/mechanism/logs/" + LogLimits.checkName(log) + "/" + act;
    }

    static String queuePath(String queue, String act) {
        return "/mechanism/queues/" + LogLimits.checkName(queue) + "/" + act;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public void define(LogDefinition definition) {
        link.post(path(definition.name(), "define"), LogMessages.definition(definition));
    }

    @Override
    public LogWriter claim(String log, String owner) {
        Durability least = capabilities.contains(Capability.SURVIVES_KILL) ? Durability.D1 : Durability.D0;
        HttpLogWriter writer = HttpLogWriter.claim(link, log, LogLimits.checkOwner(owner), least, writers::remove);
        writers.add(writer);
        return writer;
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        LogLimits.checkPartition(log, partition);
        return HttpLogReader.open(link, log, offset);
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        LogLimits.checkPartition(log, partition);
        return LogMessages.bounds(new WireInput(link.post(path(log, "bounds"), NOTHING)));
    }

    @Override
    public int partitions(String log) {
        bounds(log, 0);
        return 1;
    }

    @Override
    public void applyRetention(String log) {
        link.post(path(log, "retain"), NOTHING);
    }

    @Override
    public void commit(String log, String group, Position next) {
        LogLimits.checkPartition(log, next.partition());
        LogLimits.checkGroup(group);
        link.post(
                path(log, "commit"),
                new WireOutput().text(group).number(next.offset()).toBytes());
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        LogLimits.checkPartition(log, partition);
        byte[] answer =
                link.post(path(log, "committed"), new WireOutput().text(group).toBytes());
        return Stream.of(answer)
                .filter(found -> found.length > 0)
                .map(found -> new Position(0, new WireInput(found).number()))
                .findFirst();
    }

    @Override
    public Optional<LogRecord> latest(String log, byte[] key) {
        return LogMessages.found(
                link.post(path(log, "latest"), new WireOutput().bytes(key).toBytes()));
    }

    @Override
    public void define(QueueDefinition definition) {
        queues.define(definition);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return queues.send(queue, message, null);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        return queues.send(queue, message, notBefore);
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        return queues.receive(queue, lease);
    }

    @Override
    public boolean countsHandBack() {
        return false;
    }

    @Override
    public QueueDepth depth(String queue) {
        return queues.depth(queue);
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        return new HttpDeadLetters(queues.get(queue));
    }

    @Override
    public long erase(String queue, Predicate<Question> which) {
        return queues.erase(queue, which);
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        return calls.answer(item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        return calls.ask(item, question, deadline);
    }

    @Override
    public void close() {
        calls.close();
        writers.forEach(HttpLogWriter::end);
        link.close();
        queues.close();
    }
}
