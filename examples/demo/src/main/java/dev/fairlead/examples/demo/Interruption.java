package dev.fairlead.examples.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C end a run cleanly: the thread that runs it is interrupted, and the process waits until it has cleaned up. */
public final class Interruption implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Interruption.class.getName());
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    private Interruption(Thread runner) {
        this.hook = Thread.ofPlatform().name("demo interruption").unstarted(() -> interrupt(runner));
    }

    /** Begins to watch for the end of the process, on behalf of the calling thread. */
    public static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupt(Thread runner) {
        requested = true;
        runner.interrupt();
        try {
            if (!cleaned.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the demo did not end in time; temporary files may be left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the run when it should; the flag of the thread alone may have been lost in somebody's wait. */
    public void check() throws InterruptedException {
        if (requested || Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** The run has cleaned up. */
    @Override
    public void close() {
        cleaned.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // The hook is running, and has just been told.
            return;
        }
    }
}
