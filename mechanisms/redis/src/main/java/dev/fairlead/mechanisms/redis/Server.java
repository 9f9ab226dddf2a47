package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.server.Bells;
import dev.fairlead.spi.server.Pauses;
import dev.fairlead.spi.server.Polling;
import dev.fairlead.spi.server.Uninterrupted;
import dev.fairlead.spi.server.Workers;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** One opening of the mechanism: its connections, the threads that use them, and what it has open. */
final class Server {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    /** Something that ends with the opening; returns when nothing of it is under way. */
    interface Member {
        void end();
    }

    private final RedisSettings settings;
    private final TimeSource time;
    private final Connections connections;
    private final Workers workers;
    private final Bells bells = new Bells();
    private final Hints hints;
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Server(RedisSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.connections = new Connections(settings);
        this.workers = new Workers(RedisMechanism.NAME, settings.connections());
        this.hints = new Hints(settings, connections, bells);
    }

    /** Waits for the server, as long as the settings allow. */
    static Server open(RedisSettings settings, TimeSource time) {
        Server server = new Server(settings, time);
        try {
            long deadline = System.nanoTime() + settings.startWait().toNanos();
            byte[] probe = Words.of(server.base("probe", UUID.randomUUID().toString()));
            server.workers.call(() -> server.connections.again(
                    "opening (start-wait)",
                    deadline,
                    connection -> Script.SERVER_PROBE.run(connection, probe, new Words())));
            server.connections.level().require("the opening", settings.place(), Durability.D0);
            return server;
        } catch (RuntimeException e) {
            server.workers.close();
            server.connections.close();
            throw e;
        }
    }

    /** Fails with CLOSED after the close has begun. */
    void requireOpen() {
        if (closing.get()) {
            throw workers.closed();
        }
    }

    /** Does what may be done twice on a worker, and waits for it. */
    <T> T call(String what, Connections.Work<T> work) {
        requireOpen();
        return callAtEnd(what, work);
    }

    /** The same, also while the opening ends. */
    <T> T callAtEnd(String what, Connections.Work<T> work) {
        long deadline = connections.deadline();
        return workers.call(() -> connections.again(what, deadline, work));
    }

    /** The same; an interrupt of the caller ends the wait with CLOSED. */
    <T> T callInterruptibly(String what, Connections.Work<T> work) {
        requireOpen();
        long deadline = connections.deadline();
        return workers.callInterruptibly(() -> connections.again(what, deadline, work));
    }

    Connections connections() {
        return connections;
    }

    ServerLevel level() {
        return connections.level();
    }

    Workers workers() {
        return workers;
    }

    Bells bells() {
        return bells;
    }

    /** The bell of the name, which rings for changes by other processes too from now on. */
    Bells.Bell bell(String name) {
        hints.start();
        return bells.of(name);
    }

    TimeSource time() {
        return time;
    }

    String place() {
        return settings.place();
    }

    FairleadException closed() {
        return workers.closed();
    }

    /** How long one who waits for a change goes without looking. */
    Pauses pauses() {
        return new Pauses(SHORTEST_PAUSE, settings.poll());
    }

    /** Looking for a change of what the bell is for. */
    Polling polling(String bell) {
        return new Polling(workers, bell(bell), pauses());
    }

    /** What the keys of a log or queue begin with. */
    String base(String kind, String name) {
        return settings.prefix() + ":" + kind + ":" + name;
    }

    RedisSettings settings() {
        return settings;
    }

    void join(Member member) {
        members.add(member);
        if (closing.get()) {
            members.remove(member);
            member.end();
            throw workers.closed();
        }
    }

    void leave(Member member) {
        members.remove(member);
    }

    /** Ends all that is open, and then the connections. */
    void close() {
        if (!closing.compareAndSet(false, true)) {
            Uninterrupted.await(closed);
            return;
        }
        try {
            connections.beginClosing();
            bells.ringAll();
            members.forEach(Member::end);
        } finally {
            hints.close();
            workers.close();
            connections.close();
            closed.countDown();
        }
    }
}
