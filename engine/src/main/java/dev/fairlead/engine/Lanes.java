package dev.fairlead.engine;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each key that has work a lane of its own, and works for a number of lanes at once, for each by one thread at a time.
 *
 * <p>A lane that waits for its next attempt holds no thread, so that failing keys stop no others. The threads are platform threads: a
 * handler that spins would hold a carrier of virtual threads for ever, and with it every virtual thread of the process.
 */
final class Lanes implements AutoCloseable {
    private static final int AT_ONCE = 16;
    private static final int PROCESSORS = Math.min(AT_ONCE, Runtime.getRuntime().availableProcessors());
    private static final int ENOUGH_FOR_ONE = 32;
    private static final int SQUEEZED = 256;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int IDLE_LOOKS = 50;

    private final Function<Lane, Next> work;
    private final TimeSource time;
    private final ExecutorService threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private final Set<String> held = new HashSet<>();
    private int working;
    private boolean watched;
    private volatile long steps;
    private boolean closed;

    /** @param work does one step for a lane and never throws */
    Lanes(String group, Function<Lane, Next> work, TimeSource time) {
        this.work = work;
        this.time = time;
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                5,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform()
                        .daemon()
                        .name("fairlead " + group + " handler ", 0)
                        .factory());
    }

    void take(List<Taken> records) {
        lock.lock();
        try {
            for (Taken taken : records) {
                Lane lane = lanes.computeIfAbsent(ParkedKeys.name(taken.record().key()), Lane::new);
                lane.queue.add(taken);
                schedule(lane);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the key has work, or a handler that hangs. */
    boolean isBusy(String key) {
        lock.lock();
        try {
            return lanes.containsKey(key);
        } finally {
            lock.unlock();
        }
    }

    /** Asks for the parked records of the key; false while it is held. */
    boolean redrive(String key) {
        lock.lock();
        try {
            if (held.contains(key)) {
                return false;
            }
            Lane lane = lanes.computeIfAbsent(key, Lane::new);
            lane.redrive = true;
            schedule(lane);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void redriven(Lane lane) {
        lock.lock();
        lane.redrive = false;
        lock.unlock();
    }

    /** Keeps the key from being sent again until {@link #release}; false when that is under way, or it is held already. */
    boolean hold(String key) {
        lock.lock();
        try {
            Lane lane = lanes.get(key);
            return (lane == null || !lane.redrive) && held.add(key);
        } finally {
            lock.unlock();
        }
    }

    void release(String key) {
        lock.lock();
        held.remove(key);
        lock.unlock();
    }

    /** Ends the waiting of failed keys whose successors fill the window, so that they are parked and others get room. */
    void squeeze() {
        lock.lock();
        try {
            for (Lane lane : lanes.values()) {
                if (lane.waiting != null && lane.failed > 0 && lane.queue.size() >= SQUEEZED) {
                    lane.squeezed = true;
                    wake(lane);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * What the lanes have to do at one moment.
     *
     * @param busy lanes that have work, and do not wait for their next attempt
     * @param waiting records in lanes that do
     */
    record Load(int busy, long waiting) {}

    Load load() {
        lock.lock();
        try {
            int busy = 0;
            long waitingRecords = 0;
            for (Lane lane : lanes.values()) {
                if (lane.waiting != null) {
                    waitingRecords += lane.queue.size();
                } else if (lane.scheduled) {
                    busy++;
                }
            }
            return new Load(busy, waitingRecords);
        } finally {
            lock.unlock();
        }
    }

    /** Lets another thread go on for a lane whose thread was given up, in its stead. */
    void goOn(Lane lane, Supplier<Next> step) {
        try {
            threads.execute(() -> work(settle(lane, step.get())));
        } catch (RuntimeException | OutOfMemoryError e) {
            if (!isClosed()) {
                time.at(time.nanos() + PAUSE.toNanos(), () -> goOn(lane, step));
            }
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void schedule(Lane lane) {
        if (!lane.scheduled) {
            lane.scheduled = true;
            ready.add(lane);
            dispatch();
        }
    }

    private void dispatch() {
        if (closed || ready.isEmpty()) {
            return;
        }
        if (working == 0 || (working < PROCESSORS && ready.size() > ENOUGH_FOR_ONE)) {
            working++;
            start(() -> work(takeNext()), () -> working--);
        } else if (!watched && working < AT_ONCE) {
            watched = true;
            start(this::watch, () -> watched = false);
        }
    }

    private void start(Runnable part, Runnable undo) {
        try {
            threads.execute(part);
        } catch (RuntimeException | OutOfMemoryError noThread) {
            undo.run();
            if (!closed) {
                time.at(time.nanos() + PAUSE.toNanos(), this::dispatchLocked);
            }
        }
    }

    private void dispatchLocked() {
        lock.lock();
        try {
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /** Works for one lane after the other, as long as there is a ready one. */
    private void work(@Nullable Lane begin) {
        Lane lane = begin;
        while (lane != null) {
            lane = settle(lane, work.apply(lane));
        }
    }

    private @Nullable Lane takeNext() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Lane next() {
        Lane lane = closed ? null : ready.poll();
        if (lane == null) {
            working--;
            return null;
        }
        lane.first = lane.queue.peek();
        return lane;
    }

    /** The lane to go on with; null when this thread is to end. */
    private @Nullable Lane settle(Lane lane, Next next) {
        lock.lock();
        try {
            switch (next) {
                case Next.Left left -> {
                    return null;
                }
                case Next.Done done -> {
                    lane.queue.remove();
                    goOnOrRest(lane);
                }
                case Next.Again again -> goOnOrRest(lane);
                case Next.Later(Duration delay, Runnable begun) -> {
                    await(lane, delay);
                    begun.run();
                }
            }
            steps++;
            return next();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks again and again whether lanes wait because the threads at work are held up, and sends one more to help. Quick handlers are done
     * sooner by few threads than by many that wake each other.
     */
    private void watch() {
        long since = System.nanoTime();
        long before = steps;
        int idle = 0;
        while (idle < IDLE_LOOKS) {
            LockSupport.parkNanos(LOOK);
            lock.lock();
            try {
                long now = System.nanoTime();
                boolean slow = (steps - before) * QUICK < working * (now - since);
                if (closed) {
                    return;
                }
                idle = ready.isEmpty() ? idle + 1 : 0;
                if (idle == 0 && slow && working < AT_ONCE) {
                    working++;
                    start(() -> work(takeNext()), () -> working--);
                }
                since = now;
                before = steps;
                watched = idle < IDLE_LOOKS;
            } finally {
                lock.unlock();
            }
        }
    }

    private void goOnOrRest(Lane lane) {
        if (!lane.idle()) {
            ready.add(lane);
            return;
        }
        lane.scheduled = false;
        if (!lane.hangs()) {
            lanes.remove(lane.key, lane);
        }
    }

    private void await(Lane lane, Duration delay) {
        if (!closed) {
            lane.waiting = () -> {};
            TimeSource.Alarm alarm = time.at(time.nanos() + delay.toNanos(), () -> ring(lane));
            lane.waiting = lane.waiting == null ? null : alarm;
        }
    }

    private void ring(Lane lane) {
        lock.lock();
        try {
            wake(lane);
        } finally {
            lock.unlock();
        }
    }

    private void wake(Lane lane) {
        TimeSource.Alarm alarm = lane.waiting;
        if (alarm != null) {
            alarm.cancel();
            lane.waiting = null;
            ready.add(lane);
            dispatch();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            lanes.values().stream()
                    .map(lane -> lane.waiting)
                    .filter(Objects::nonNull)
                    .forEach(TimeSource.Alarm::cancel);
        } finally {
            lock.unlock();
        }
        threads.shutdownNow();
    }
}
