package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.input.Tls;
import dev.fairlead.spi.server.Pauses;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** The connections to one server. What the server offers is asked anew whenever one is made. Safe for many threads. */
final class Connections implements AutoCloseable {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final RedisSettings settings;
    private final JedisClientConfig config;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile @Nullable ServerLevel level;
    private volatile boolean closing;

    /** Something to do with a connection; what it throws of Jedis's own tells whether the connection broke. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection);
    }

    Connections(RedisSettings settings) {
        this.settings = settings;
        this.config = config(settings);
    }

    private static JedisClientConfig config(RedisSettings settings) {
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .resp2()
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .timeoutMillis(Math.toIntExact(settings.timeout().toMillis()))
                .database(settings.database())
                .user(settings.credentials().user())
                .password(settings.credentials().password());
        Tls tls = settings.tls();
        if (tls != null) {
            builder.ssl(true).sslSocketFactory(tls.context().getSocketFactory()).sslParameters(verifyingHosts());
        }
        return builder.build();
    }

    /** A certificate must be for the host that the address names. */
    private static SSLParameters verifyingHosts() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    String place() {
        return settings.place();
    }

    /** What the server offered when it was asked last. */
    ServerLevel level() {
        ServerLevel known = level;
        if (known == null) {
            throw new IllegalStateException("no connection yet");
        }
        return known;
    }

    /** Asks the server again what it offers. */
    void askLevel(Connection connection) {
        level = ServerLevel.of(connection, place());
    }

    /** The moment, by {@link System#nanoTime}, until which a call that begins now tries. */
    long deadline() {
        return System.nanoTime() + settings.timeout().toNanos();
    }

    /** Does what may be done twice, again when the connection broke or the server is starting, until the deadline. */
    <T> T again(String what, long deadline, Work<T> work) {
        Pauses pauses = new Pauses(SHORTEST_PAUSE, LONGEST_PAUSE);
        while (true) {
            try {
                return once(work);
            } catch (JedisDataException e) {
                FairleadException failure = Failures.of(what, place(), e);
                if (!Failures.isPassing(e) || isOver(deadline, pauses)) {
                    throw failure;
                }
            } catch (JedisException e) {
                if (isOver(deadline, pauses)) {
                    throw Failures.away(what, place(), e);
                }
            }
        }
    }

    /** Whether the deadline comes before the next try, for which this waits. */
    private boolean isOver(long deadline, Pauses pauses) {
        long pause = pauses.next();
        if (closing || System.nanoTime() + pause - deadline >= 0) {
            return true;
        }
        LockSupport.parkNanos(pause);
        return false;
    }

    /** Does it once; fails as Jedis fails, or as the work does. */
    private <T> T once(Work<T> work) {
        Connection connection = take();
        boolean good = false;
        try {
            T result = work.on(connection);
            good = true;
            return result;
        } catch (JedisDataException | FairleadException answered) {
            good = true;
            throw answered;
        } catch (JedisConnectionException broken) {
            discardIdle();
            throw broken;
        } finally {
            if (good && !connection.isBroken()) {
                idle.push(connection);
            } else {
                discard(connection);
            }
        }
    }

    private Connection take() {
        Connection known = idle.poll();
        return known == null ? open() : known;
    }

    /** A new connection, after the server was asked what it offers. */
    private Connection open() {
        Connection connection = connect();
        try {
            askLevel(connection);
            return connection;
        } catch (RuntimeException | Error e) {
            discard(connection);
            throw e;
        }
    }

    /** A new connection; the caller ends it. */
    Connection connect() {
        return new Connection(new HostAndPort(settings.host(), settings.port()), config);
    }

    private void discardIdle() {
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            discard(each);
        }
    }

    static void discard(Connection connection) {
        try {
            connection.forceDisconnect();
        } catch (IOException | JedisException e) {
            // It is as good as gone.
        }
    }

    /** Ends the tries that are under way; what ends the opening itself still gets its one try. */
    void beginClosing() {
        closing = true;
    }

    @Override
    public void close() {
        closing = true;
        discardIdle();
    }
}
