package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Takes messages as long as there is room, and gives each a thread. It is no virtual one: drivers of databases that run in the process yield
 * while they wait for a lock, and a few virtual threads that yield keep all others from the processors (decision 50).
 */
final class TellPump {
    private static final System.Logger LOG = System.getLogger(TellPump.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final String name;
    private final QueueReceiver receiver;
    private final Consumer<Delivered> work;
    private final ExecutorService handlers;
    private final Semaphore room = new Semaphore(TellRules.ROOM);
    private final Thread thread;
    private volatile boolean closed;

    TellPump(String name, QueueReceiver receiver, Consumer<Delivered> work) {
        this(name, receiver, work, Thread.ofPlatform().daemon().name(name).factory());
    }

    TellPump(String name, QueueReceiver receiver, Consumer<Delivered> work, ThreadFactory threads) {
        this.name = name;
        this.receiver = receiver;
        this.work = work;
        this.handlers = Executors.newCachedThreadPool(threads);
        this.thread = Thread.ofPlatform().daemon().name(name + " pump").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            pumpWhileOpen();
        } finally {
            handlers.shutdown(); // what is being handled goes on
        }
    }

    private void pumpWhileOpen() {
        boolean quiet = false;
        while (!closed) {
            try {
                pump();
                quiet = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (closed || e instanceof FairleadException known && known.code() == ErrorCode.CLOSED) {
                    return;
                }
                if (!quiet) {
                    LOG.log(System.Logger.Level.WARNING, () -> name + " cannot receive and tries again", e);
                }
                quiet = true;
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void pump() throws InterruptedException {
        room.acquire();
        if (closed) {
            return;
        }
        int free = 1 + room.drainPermits();
        int begun = 0;
        List<Delivered> messages = List.of();
        try {
            messages = receiver.poll(free, PATIENCE);
            for (Delivered each : messages) {
                handlers.execute(() -> handle(each));
                begun++;
            }
        } finally {
            // Those for which there is no thread now come again at once, not when their leases are over.
            messages.subList(begun, messages.size()).forEach(Delivered::handBack);
            room.release(free - begun);
        }
    }

    private void handle(Delivered message) {
        try {
            work.accept(message);
        } finally {
            room.release();
        }
    }

    /** Takes no more messages. When it returns, all that were taken are with their handlers. */
    void close() {
        closed = true;
        receiver.close();
        room.release(); // all of it may be taken up by handlers
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(TellRules.CLOSING);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
