package dev.fairlead.testkit.prove;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Proves a mechanism by its history: writers and readers at work, and what they saw held against the rules. */
public final class HistoryProof {
    /** The group under which its outcomes stand. */
    public static final String GROUP = "history";

    /** Whether appends fail on purpose. */
    public enum Weather {
        /** They do not. */
        FAIR,
        /** Some fail, and of some nobody knows whether they were written. */
        FAULTS
    }

    /** Through the API of applications: what opens services stands above this kit, so that it is given. */
    @FunctionalInterface
    public interface Opener {
        /** Opens the service of the plan files in the folder, on this instance. */
        Fairlead open(String service, Path plan, Mechanism mechanism);
    }

    /** A workload goes on where single calls fail, for hours if all do: so often it is asked whether there is still a server. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** How long a workload whose mechanism was closed may take to end. */
    private static final Duration END = Duration.ofSeconds(10);

    private final Supplier<? extends MechanismUnderTest> mechanisms;
    private final Weather weather;
    private final long seed;
    private final Opener opener;
    private final Consumer<String> progress;
    private final Reach reach;
    private final List<Prover.Outcome> outcomes = new ArrayList<>();
    private final List<Prover.Outcome> untried = new ArrayList<>();
    private @Nullable FairleadException away;

    private HistoryProof(
            Supplier<? extends MechanismUnderTest> mechanisms,
            Weather weather,
            long seed,
            Opener opener,
            Consumer<String> progress) {
        this.mechanisms = mechanisms;
        this.weather = weather;
        this.seed = seed;
        this.opener = opener;
        this.progress = progress;
        this.reach = new Reach(mechanisms);
    }

    /**
     * Lets the workloads run that the mechanism can carry, which takes seconds, and gives one outcome per rule of which their histories say
     * anything, and a failed one for each workload that did not come to its end. Ends when the mechanism cannot be reached any more.
     *
     * @param progress is told each workload before it runs, and which one it is of how many
     */
    public static Proven prove(
            Supplier<? extends MechanismUnderTest> mechanisms,
            Weather weather,
            long seed,
            Opener opener,
            Consumer<String> progress) {
        HistoryProof proof = new HistoryProof(mechanisms, weather, seed, opener, progress);
        proof.run();
        return new Proven(proof.outcomes, proof.untried, proof.away);
    }

    /** Nothing of it was tried. */
    public static Proven untried() {
        return new Proven(List.of(), List.of(Proven.untried(GROUP, "the workloads")), null);
    }

    private void run() {
        try (MechanismUnderTest tested = mechanisms.get();
                Mechanism opened = tested.open(TimeSource.SYSTEM)) {
            run(new Workloads(opened, tested, weather, seed, opener).byName(), opened);
        } catch (RuntimeException | AssertionError failure) {
            failed("the mechanism opens, closes and takes its data away", failure);
        }
    }

    private void run(Map<String, Supplier<List<Prover.Outcome>>> workloads, Mechanism opened) {
        int number = 0;
        for (Map.Entry<String, Supplier<List<Prover.Outcome>>> workload : workloads.entrySet()) {
            number++;
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (away != null) {
                untried.add(Proven.untried(GROUP, workload.getKey()));
                continue;
            }
            progress.accept(number + " of " + workloads.size() + " history: " + workload.getKey()
                    + ", writers and readers at work");
            try {
                outcomes.addAll(watched(workload.getValue(), opened));
            } catch (RuntimeException | AssertionError failure) {
                failed(workload.getKey() + ": the workload came to its end", failure);
            }
        }
    }

    private void failed(String what, Throwable failure) {
        outcomes.add(new Prover.Outcome(GROUP, what, false, Reach.describe(failure)));
        if (away == null) {
            away = reach.lostAfter(failure);
        }
    }

    /** Closes the mechanism under a workload whose server went away, so that it ends. */
    private List<Prover.Outcome> watched(Supplier<List<Prover.Outcome>> workload, Mechanism opened) {
        FutureTask<List<Prover.Outcome>> task = new FutureTask<>(workload::get);
        Thread worker = Thread.ofPlatform().daemon().name("history").start(task);
        try {
            while (!ends(task, LOOK)) {
                away = reach.lost();
                if (away != null) {
                    opened.close();
                    ends(task, END);
                    throw away;
                }
            }
            return task.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(String.valueOf(failure.getCause()), failure.getCause());
        } catch (InterruptedException interrupt) {
            worker.interrupt();
            awaitEnd(task);
            Thread.currentThread().interrupt();
            throw new FairleadException(ErrorCode.CLOSED, "the workload was interrupted", interrupt);
        } finally {
            worker.interrupt();
        }
    }

    /** It deletes its files at its end. */
    private static void awaitEnd(FutureTask<?> task) {
        try {
            ends(task, END);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ends(FutureTask<?> task, Duration most) throws InterruptedException {
        try {
            task.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException atWork) {
            return false;
        } catch (ExecutionException failed) {
            return true;
        }
        return true;
    }
}
