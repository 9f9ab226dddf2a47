package dev.fairlead.testkit.workload;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Senders and competing receivers at work on one queue, written down as a history and judged.
 *
 * <p>Receivers acknowledge most messages, give some back, set some aside, and keep some beyond their lease, after which they try to
 * acknowledge them all the same. Dead letters are sent again now and then. An acknowledgement that succeeds counts as the message's effect:
 * each has one, or stands among the dead letters in the end.
 */
public final class QueueWorkload {
    private static final Set<Rule> RULES = EnumSet.of(Rule.A1, Rule.A2, Rule.A3, Rule.A4, Rule.A10, Rule.A15);
    private static final Set<ErrorCode> TOLERATED =
            EnumSet.of(ErrorCode.FENCED, ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
    private static final int SENDERS = 4;
    private static final int RECEIVERS = 3;
    /** How many messages each sender brings in, and how many it sends for that at most, where the server refuses some. */
    private static final int MESSAGES = 1500;

    private static final int MOST_SENT = 2 * MESSAGES;
    private static final int AT_ONCE = 25;
    private static final int PAGE = 20;
    private static final int GROUP = 1;
    private static final Duration LEASE = Duration.ofMillis(300);
    private static final Duration WAIT = Duration.ofMillis(20);
    /** How often in a row nothing must come and nothing be there: what goes to and fro meanwhile may be counted at neither place. */
    private static final int EMPTIES = 3;

    /** How long nothing may come before the rest is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How long it may take after the last was sent, if messages come again and again. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);
    /** Between what is sent beyond {@link #MESSAGES}: receivers are slower than senders. */
    private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(200);
    /** How many may wait before more is sent beyond that: on a busy machine receivers would not come to an end with what heaps up. */
    private static final int BACKLOG = 1000;

    private final Queue queue;
    private final String name;
    private final HistoryRecorder history;
    private final long seed;
    private final BooleanSupplier goesOn;
    private final AtomicLong places = new AtomicLong();
    /** What was taken in and is not settled; not exactly, since the outcome of some is unknown. */
    private final AtomicLong backlog = new AtomicLong();

    private volatile boolean allSent;
    /** When the last was sent, by {@link System#nanoTime()}; of no meaning before. */
    private volatile long sentAll;

    private QueueWorkload(Mechanism mechanism, long seed, HistoryRecorder history, BooleanSupplier goesOn) {
        if (!(mechanism instanceof Queue known)) {
            throw new FairleadException(ErrorCode.CAPABILITY, mechanism.name() + " has no queues to work on");
        }
        this.queue = known;
        this.name = mechanism.name() + ".workload-queue";
        this.history = history;
        this.seed = seed;
        this.goesOn = goesOn;
    }

    /** Does the work, which takes seconds, and judges the history that it leaves in the file. */
    public static Verdict run(Mechanism mechanism, Durability durability, long seed, Path historyFile) {
        return run(mechanism, durability, seed, historyFile, () -> false);
    }

    /** The same, and the senders go on, at leisure, as long as they are to: whoever disturbs them has not to be in time. */
    public static Verdict run(
            Mechanism mechanism, Durability durability, long seed, Path historyFile, BooleanSupplier goesOn) {
        try (HistoryRecorder history = HistoryRecorder.create(historyFile)) {
            new QueueWorkload(mechanism, seed, history, goesOn).run(durability);
        }
        return HistoryChecker.check(HistoryFile.read(historyFile)).by(RULES);
    }

    private void run(Durability durability) {
        queue.define(new QueueDefinition(name, durability));
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> sending = new ArrayList<>();
            List<Future<?>> receiving = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int own = sender;
                sending.add(threads.submit(() -> send(own)));
            }
            for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                int own = receiver;
                receiving.add(threads.submit(() -> receive(own)));
            }
            LogWorkload.await(sending);
            sentAll = System.nanoTime();
            allSent = true;
            LogWorkload.await(receiving);
        }
        for (DeadLetter letter : letters()) {
            SentRecord sent = sent(letter.message());
            note(Type.OK, Function.PARK, sent);
        }
    }

    private record Sending(SentRecord record, CompletableFuture<?> future) {}

    private void send(int sender) {
        int brought = 0;
        boolean closed = false;
        for (int from = 0; !closed && sendsMore(brought, from); from += AT_ONCE) {
            if (brought >= MESSAGES) {
                rest();
            }
            List<Sending> under = new ArrayList<>();
            for (int i = from; i < from + AT_ONCE; i++) {
                LogEntry entry = SentRecord.entry(0, sender, i);
                SentRecord record = sent(new Question(entry.key(), entry.payload()));
                sends(Type.INVOKE, record);
                under.add(new Sending(record, queue.send(name, new Question(entry.key(), entry.payload()))));
            }
            boolean away = false;
            for (Sending each : under) {
                ErrorCode code = ended(each);
                brought += code == null ? 1 : 0;
                away |= code == ErrorCode.UNREACHABLE;
                closed |= code == ErrorCode.CLOSED;
            }
            if (away) {
                LockSupport.parkNanos(PAUSE); // or all would be sent to a server that takes nothing
            }
        }
    }

    private void rest() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            LockSupport.parkNanos(BREATH);
        } while (backlog.get() > BACKLOG && System.nanoTime() < end);
    }

    private boolean sendsMore(int brought, int from) {
        return brought < MESSAGES ? from < MOST_SENT : goesOn.getAsBoolean();
    }

    /** Why it failed; null when it did not. */
    private @Nullable ErrorCode ended(Sending sending) {
        try {
            sending.future().join();
            sends(Type.OK, sending.record());
            backlog.incrementAndGet();
            return null;
        } catch (CompletionException e) {
            sends(unknown(e) ? Type.INFO : Type.FAIL, sending.record());
            return e.getCause() instanceof FairleadException known ? known.code() : null;
        }
    }

    private void receive(int own) {
        Random random = new Random(seed * 31 + own);
        List<Delivered> kept = new ArrayList<>();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        int empties = 0;
        try (QueueReceiver receiver = queue.receive(name, LEASE)) {
            while (empties < EMPTIES && System.nanoTime() < giveUp) {
                checkTime();
                List<Delivered> page = receiver.poll(PAGE, WAIT);
                if (!page.isEmpty()) {
                    giveUp = System.nanoTime() + PATIENCE.toNanos();
                }
                page.forEach(message -> settle(message, random, kept));
                if (page.isEmpty() || kept.size() > PAGE) {
                    kept.forEach(this::acknowledge); // most of them too late
                    kept.clear();
                    if (empties == 0) {
                        redrive(random);
                    }
                }
                empties = page.isEmpty() && allSent && isEmpty() ? empties + 1 : 0;
            }
        }
    }

    /** What still comes is not lost, so nothing can be judged. */
    private void checkTime() {
        if (allSent && System.nanoTime() - sentAll > LONGEST.toNanos()) {
            throw new FairleadException(
                    ErrorCode.INTERNAL,
                    "queue " + name + " was not emptied within " + LONGEST + ": it has " + queue.depth(name));
        }
    }

    private boolean isEmpty() {
        QueueDepth depth = queue.depth(name);
        return depth.waiting() + depth.later() + depth.held() == 0;
    }

    private void settle(Delivered message, Random random, List<Delivered> kept) {
        switch (random.nextInt(20)) {
            case 0 -> kept.add(message);
            case 1, 2 -> tried(message.giveBack(Duration.ofMillis(random.nextInt(5))));
            case 3 -> {
                note(Type.INVOKE, Function.PARK, sent(message.message()));
                backlog.addAndGet(tried(message.setAside("set aside by the workload")) ? -1 : 0);
            }
            default -> acknowledge(message);
        }
    }

    private void acknowledge(Delivered message) {
        SentRecord sent = sent(message.message());
        try {
            message.acknowledge().join();
            note(Type.OK, Function.EFFECT, sent);
            backlog.decrementAndGet();
        } catch (CompletionException e) {
            if (unknown(e)) {
                note(Type.INFO, Function.EFFECT, sent);
            }
        }
    }

    /** Whether it was done. Whoever was too late has no say; what a server's end left open, the history's end shows. */
    private static boolean tried(CompletableFuture<?> settling) {
        try {
            settling.join();
            return true;
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof FairleadException known && TOLERATED.contains(known.code()))) {
                throw e;
            }
            return false;
        }
    }

    private void redrive(Random random) {
        if (random.nextInt(4) == 0) {
            List<Long> numbers = queue.deadLetters(name).list(DeadLetters.START, PAGE).stream()
                    .map(DeadLetter::number)
                    .toList();
            boolean done = tried(
                    CompletableFuture.runAsync(() -> queue.deadLetters(name).redrive(numbers), Runnable::run));
            backlog.addAndGet(done ? numbers.size() : 0);
        }
    }

    private List<DeadLetter> letters() {
        List<DeadLetter> all = new ArrayList<>();
        long after = DeadLetters.START;
        for (List<DeadLetter> page = queue.deadLetters(name).list(after, DeadLetters.MOST);
                !page.isEmpty();
                page = queue.deadLetters(name).list(after, DeadLetters.MOST)) {
            all.addAll(page);
            after = page.getLast().number();
        }
        return all;
    }

    private static boolean unknown(CompletionException e) {
        return e.getCause() instanceof FairleadException known && known.code() == ErrorCode.OUTCOME_UNKNOWN;
    }

    private static SentRecord sent(Question message) {
        return SentRecord.of(new LogRecord(0, message.header(), new byte[0], message.payload()), 0);
    }

    /** A message has no position: an acknowledgement gets the next number, which says nothing. */
    private void sends(Type type, SentRecord sent) {
        long place = type == Type.OK ? places.incrementAndGet() : -1;
        history.note(1, type, Function.SEND, 0, sent.key(), sent.sequence(), place, 0, sent.checksum());
    }

    private void note(Type type, Function function, SentRecord sent) {
        long place = SENDERS * (long) MESSAGES + sent.key() * MESSAGES + sent.sequence();
        history.note(2, GROUP, type, function, 0, sent.key(), sent.sequence(), place, 0, sent.checksum());
    }
}
