package dev.fairlead.testkit.workload;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Retention;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Writers and readers at work on the logs of one mechanism, written down as a history and judged.
 *
 * <p>Each writer thread owns some keys and sends their records one after another; each log has several readers, one of which
 * commits and begins new sessions. When the writers have ended, all read to the end, and one more reads everything again.
 */
public final class LogWorkload {
    /**
     * How much is done.
     *
     * @param logs how many logs
     * @param writers threads for each log
     * @param readers of each log
     * @param records sent by each writer
     * @param durability of the logs
     * @param seed of what is chosen at random
     */
    public record Settings(int logs, int writers, int readers, int records, Durability durability, long seed) {
        /** Two logs, 4 writers of 1,000 records and 2 readers each. */
        public static Settings defaults() {
            return new Settings(2, 4, 2, 1000, Durability.D1, 1);
        }

        public Settings withDurability(Durability wanted) {
            return new Settings(logs, writers, readers, records, wanted, seed);
        }

        public Settings withSeed(long wanted) {
            return new Settings(logs, writers, readers, records, durability, wanted);
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int REREADING = 1000;

    private final Mechanism mechanism;
    private final Log log;
    private final Settings settings;
    private final HistoryRecorder history;
    private final BooleanSupplier goesOn;
    /** Whether somebody disturbs the work, as those who let it go on do. */
    private final AtomicBoolean disturbed;

    private LogWorkload(Mechanism mechanism, Settings settings, HistoryRecorder history, BooleanSupplier goesOn) {
        if (!(mechanism instanceof Log logs)) {
            throw new FairleadException(ErrorCode.CAPABILITY, mechanism.name() + " has no logs to work on");
        }
        this.mechanism = mechanism;
        this.log = logs;
        this.settings = settings;
        this.history = history;
        this.goesOn = goesOn;
        this.disturbed = new AtomicBoolean(goesOn.getAsBoolean());
        if (disturbed.get()) {
            heal(Type.INVOKE);
        }
    }

    /** Does the work, which takes seconds, and judges the history that it leaves in the file. */
    public static Verdict run(Mechanism mechanism, Settings settings, Path historyFile) {
        return run(mechanism, settings, historyFile, () -> false);
    }

    /**
     * The same, and the writers go on as long as they are to: whoever disturbs them has not to be in time. What is late while they are
     * disturbed is no breach; what is owed when that ends, is owed from then on.
     */
    public static Verdict run(Mechanism mechanism, Settings settings, Path historyFile, BooleanSupplier goesOn) {
        try (HistoryRecorder history = HistoryRecorder.create(historyFile)) {
            new LogWorkload(mechanism, settings, history, goesOn).run();
        }
        return HistoryChecker.check(HistoryFile.read(historyFile));
    }

    private void run() {
        List<Runnable> writing = new ArrayList<>();
        List<FollowingReader> readers = new ArrayList<>();
        List<LogWriter> writers = new ArrayList<>();
        for (int item = 0; item < settings.logs(); item++) {
            String name = name(item);
            log.define(new LogDefinition(name, new Retention.KeepAll(), settings.durability()));
            LogWriter writer = log.claim(name, "workload");
            writers.add(writer);
            for (int thread = 0; thread < settings.writers(); thread++) {
                writing.add(new KeyedSender(history, writer, item, thread, settings, this::goesOn));
            }
            for (int reader = 0; reader < settings.readers(); reader++) {
                readers.add(reader(item, 100 * (item + 1) + reader, reader == 0));
            }
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> reading =
                    readers.stream().<Future<?>>map(threads::submit).toList();
            await(writing.stream().<Future<?>>map(threads::submit).toList());
            for (FollowingReader reader : readers) {
                reader.endAt(log.bounds(name(reader.item()), 0).end());
            }
            await(reading);
        }
        readAgain();
        writers.forEach(LogWriter::close);
    }

    private boolean goesOn() {
        boolean isToGoOn = goesOn.getAsBoolean();
        if (!isToGoOn && disturbed.compareAndSet(true, false)) {
            heal(Type.OK);
        }
        return isToGoOn;
    }

    private void heal(Type type) {
        history.note(0, type, Function.HEAL, 0, 0, 0, 0, 0, 0);
    }

    private void readAgain() {
        for (int item = 0; item < settings.logs(); item++) {
            FollowingReader again = reader(item, REREADING + item, false);
            again.endAt(log.bounds(name(item), 0).end());
            again.run();
        }
    }

    private FollowingReader reader(int item, int process, boolean committing) {
        return new FollowingReader(history, log, name(item), item, process, committing, PATIENCE);
    }

    private String name(int item) {
        return log(mechanism, item);
    }

    /** The name of a log that the workload uses on the mechanism. */
    public static String log(Mechanism mechanism, int item) {
        return mechanism.name() + ".workload-" + item;
    }

    static void await(List<Future<?>> work) {
        for (Future<?> each : work) {
            try {
                each.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FairleadException(ErrorCode.CLOSED, "the workload was interrupted", e);
            } catch (ExecutionException e) {
                throw new FairleadException(ErrorCode.INTERNAL, "the workload failed: " + e.getCause(), e.getCause());
            }
        }
    }
}
