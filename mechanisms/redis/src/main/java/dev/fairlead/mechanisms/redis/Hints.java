package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Bells;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/** Listens on one connection to what scripts publish, and rings for it. What is missed meanwhile, those who wait find by themselves. */
final class Hints implements AutoCloseable {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final int SILENCE_MILLIS = 60_000;

    private final RedisSettings settings;
    private final Connections connections;
    private final Bells bells;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Connection listening;
    private volatile boolean closed;

    Hints(RedisSettings settings, Connections connections, Bells bells) {
        this.settings = settings;
        this.connections = connections;
        this.bells = bells;
        this.thread =
                Thread.ofPlatform().daemon().name("fairlead-redis-listener").unstarted(this::run);
    }

    /** Once somebody may wait: to one who only writes, the server would send a message for each change. */
    void start() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            try {
                listen();
            } catch (JedisException | FairleadException e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Until the connection breaks, or nothing came for a minute, after which it may be dead without telling. */
    private void listen() {
        Connection connection = connections.connect();
        try {
            listening = connection;
            connection.setSoTimeout(SILENCE_MILLIS);
            connection.sendCommand(Protocol.Command.SUBSCRIBE, settings.prefix() + ":hints");
            while (!closed) {
                Reply reply = Reply.of(connection.getOne());
                if (reply.text(0).equals("message")) {
                    bells.ring(reply.text(2));
                } else {
                    bells.ringAll();
                }
            }
        } finally {
            listening = null;
            Connections.discard(connection);
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection connection = listening;
        if (connection != null) {
            Connections.discard(connection);
        }
        LockSupport.unpark(thread);
    }
}
