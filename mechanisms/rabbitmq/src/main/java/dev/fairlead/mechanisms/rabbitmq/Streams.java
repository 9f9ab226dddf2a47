package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Constants;
import com.rabbitmq.stream.impl.Client;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBounds;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The streams of one RabbitMQ, and the connections to it. Safe for many threads. */
final class Streams implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Streams.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final RabbitSettings settings;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fairlead rabbitmq streams", true), NioIoHandler.newFactory());
    /** Apart, so that a reader of much does not keep writers from hearing of what they wrote. */
    private final List<StreamConnection> reading = new ArrayList<>();

    private final List<StreamConnection> writing = new ArrayList<>();
    private final Catalog catalog = new Catalog(this);
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Streams(RabbitSettings settings) {
        this.settings = settings;
    }

    /** Connects; waits for a server that is away as long as the settings say. */
    void awaitServer() {
        long deadline = System.nanoTime() + settings.startWait().toNanos();
        boolean told = false;
        while (true) {
            FairleadException away;
            try {
                connection(null);
                return;
            } catch (FairleadException failure) {
                away = failure;
            }
            if (away.code() != ErrorCode.UNREACHABLE || System.nanoTime() >= deadline) {
                throw away;
            }
            if (!told) {
                told = true;
                String reason = away.getMessage();
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "rabbitmq at " + settings.address() + " is away; waiting up to " + settings.startWait()
                                + ": " + reason);
            }
            pause();
        }
    }

    /** Waits a little before another try. */
    void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        checkOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
    }

    Catalog catalog() {
        return catalog;
    }

    RabbitSettings settings() {
        return settings;
    }

    void checkOpen() {
        if (closed) {
            throw Failures.closed();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * A connection with room for one more member.
     *
     * @param published the stream of which a publisher is to be added, if one is
     */
    StreamConnection connection(@Nullable String published) {
        List<StreamConnection> connections = published == null ? reading : writing;
        synchronized (this) {
            checkOpen();
            connections.removeIf(StreamConnection::isLost);
            for (StreamConnection each : connections) {
                if (each.hasRoom(published)) {
                    return each;
                }
            }
            StreamConnection made = connect();
            connections.add(made);
            if (made.hasRoom(published)) {
                return made;
            }
            throw new FairleadException(
                    ErrorCode.UNREACHABLE, "rabbitmq at " + settings.address() + " hung up at once");
        }
    }

    private StreamConnection connect() {
        FairleadException last = null;
        for (Address.Node node : settings.address().nodes()) {
            try {
                return new StreamConnection(settings, node, loop);
            } catch (FairleadException failure) {
                last = failure;
                if (failure.code() != ErrorCode.UNREACHABLE) {
                    break;
                }
            }
        }
        throw last == null ? Failures.closed() : last;
    }

    /** Gives a log its first message, so that where it ends can be told from the beginning on. */
    void begin(String stream) {
        if (connection(null).sequence(ClaimLink.NAME, stream) > 0) {
            return;
        }
        try (ConfirmedPublisher publisher = ConfirmedPublisher.open(this, stream, ClaimLink.NAME)) {
            publisher.mark(Records.BEGINNING, 1);
        }
    }

    /** Creates the stream, or finds it with the same arguments. */
    void create(String what, String stream, Map<String, String> arguments) {
        if (known.contains(stream)) {
            return;
        }
        if (!exists(stream)) {
            catalog.note(stream);
        }
        short code = connection(null).create(stream, arguments);
        switch (code) {
            case Constants.RESPONSE_CODE_OK, Constants.RESPONSE_CODE_STREAM_ALREADY_EXISTS -> known.add(stream);
            case Constants.RESPONSE_CODE_PRECONDITION_FAILED ->
                throw new FairleadException(
                        ErrorCode.PLAN,
                        what + " exists with another retention, or as a queue of another kind (choose another name, or"
                                + " delete stream " + stream + ")");
            default -> throw Failures.of("creating stream " + stream, code, null);
        }
    }

    /** Creates a stream of the mechanism's own. */
    void createPlain(String stream) {
        short code = connection(null).create(stream, Map.of());
        if (code != Constants.RESPONSE_CODE_OK && code != Constants.RESPONSE_CODE_STREAM_ALREADY_EXISTS) {
            throw Failures.of("creating stream " + stream, code, null);
        }
    }

    /** Fails with PLAN if no such stream was ever seen, and is not there. */
    void checkKnown(String kind, String name, String stream) {
        checkOpen();
        if (!known.contains(stream)) {
            if (!exists(stream)) {
                throw Failures.undefined(kind, name);
            }
            known.add(stream);
        }
    }

    boolean exists(String stream) {
        Client.StreamMetadata found = connection(null).metadata(stream);
        return found != null && found.getResponseCode() != Constants.RESPONSE_CODE_STREAM_DOES_NOT_EXIST;
    }

    /** How strong an acknowledgement is: streams are not flushed to disk before it. */
    Durability durability(String stream) {
        Client.StreamMetadata found = connection(null).metadata(stream);
        return found != null && found.isResponseOk() && !found.getReplicas().isEmpty() ? Durability.D3 : Durability.D1;
    }

    /** What the stream holds. */
    LogBounds bounds(String stream) {
        return patiently(() -> StreamEnds.look(
                connection(null), stream, System.nanoTime() + settings.timeout().toNanos()));
    }

    /** Does what may be done twice, again and again while the server is away, for as long as one call may take. */
    <T> T patiently(Supplier<T> work) {
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        while (true) {
            try {
                return work.get();
            } catch (FairleadException failure) {
                if (failure.code() != ErrorCode.UNREACHABLE || System.nanoTime() >= deadline) {
                    throw failure;
                }
            }
            pause();
        }
    }

    @Override
    public void close() {
        closed = true;
        List<StreamConnection> all;
        synchronized (this) {
            all = Stream.concat(reading.stream(), writing.stream()).toList();
            reading.clear();
            writing.clear();
        }
        all.forEach(StreamConnection::close);
        loop.shutdownGracefully(0, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}
