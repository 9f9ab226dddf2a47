package dev.fairlead.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C end a proof cleanly: its data is taken away before the process ends, or a user is told where it is. */
final class ProofInterruption implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LAST_WORK = Duration.ofSeconds(10);

    private final ProofData data;
    private final ProgressLine progress;
    private final PrintWriter err;
    private final Thread prover = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook =
            Thread.ofPlatform().name("fairlead interruption").unstarted(this::interrupt);

    private ProofInterruption(ProofData data, ProgressLine progress, PrintWriter err) {
        this.data = data;
        this.progress = progress;
        this.err = err;
    }

    /** Begins to watch for the end of the process, on behalf of the calling thread. */
    static ProofInterruption of(ProofData data, ProgressLine progress, PrintWriter err) {
        ProofInterruption interruption = new ProofInterruption(data, progress, err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Says what is left and cannot be taken away. */
    static void tell(PrintWriter err, List<String> left) {
        left.forEach(place -> err.println("fairlead: left behind: " + place + " (take it away by hand)"));
        err.flush();
    }

    private void interrupt() {
        progress.close();
        err.println("fairlead: interrupted; taking away what the proof has made");
        err.flush();
        tell(err, data.end(PATIENCE));
        prover.interrupt();
        try {
            // It has temporary files to delete; if it does not come to that, they are in the folder for such.
            if (!ended.await(LAST_WORK.toNanos(), TimeUnit.NANOSECONDS)) {
                err.println("fairlead: the proof did not end in time; files fairlead-* may be left in "
                        + System.getProperty("java.io.tmpdir"));
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // The hook is running, and has just been told.
            return;
        }
    }
}
