package dev.fairlead.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one timer thread of a service: sends its beats and looks at the health of its copies. */
final class ServiceTimer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServiceTimer.class.getName());

    private final ScheduledExecutorService executor;

    ServiceTimer(String service) {
        ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("fairlead " + service + " timer")
                        .factory());
        single.setRemoveOnCancelPolicy(true);
        this.executor = single;
    }

    /** Repeats the work; a failure is logged once in a row and does not end it. */
    void every(Duration interval, Runnable work, String what) {
        GuardedWork guarded = new GuardedWork(work, what);
        executor.scheduleAtFixedRate(guarded, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static final class GuardedWork implements Runnable {
        private final Runnable work;
        private final String what;
        private boolean failing;

        GuardedWork(Runnable work, String what) {
            this.work = work;
            this.what = what;
        }

        @Override
        public void run() {
            try {
                work.run();
                failing = false;
            } catch (RuntimeException
                    | Error e) { // one that is thrown on would end the beats, and all copies would be stale
                if (!failing) {
                    LOG.log(System.Logger.Level.WARNING, () -> "the timer's work for " + what + " fails", e);
                }
                failing = true;
            }
        }
    }
}
