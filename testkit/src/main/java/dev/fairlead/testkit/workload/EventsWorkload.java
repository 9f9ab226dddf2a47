package dev.fairlead.testkit.workload;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Page;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.spi.Capability;
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
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Domain events at work through the API that applications use, written down as a history and judged: some are appended, a group
 * follows them, and readers turn pages.
 *
 * <p>The service of the group is closed and opened again and again. Some events cannot be handled at first, and those of one key never: they
 * are parked and sent again. What takes effect is taken by a sink that works as an inbox does: once, and from the newest member.
 */
public final class EventsWorkload {
    /** The plan file of the service that appends. */
    public static final String OWNER = """
            service: prover
            shares:
              step:
                kind: event
                key: place
                durability: %s
                events:
                  Step: { sequence: int64, checksum: int32 }
            """;

    /** The plan file of the service that follows and reads. */
    public static final String READER = """
            service: walker
            needs:
              prover.step: { why: it is to be proven }
            """;

    /** The group that follows. */
    public static final String GROUP = "walkers";

    /** An event of the plan. */
    public sealed interface Walk {}

    /** The only one that there is. */
    public record Step(long sequence, int checksum) implements Walk {}

    /** The handle of what is appended. */
    public static final EventItem<String, Walk> STEPS = EventItem.of("prover.step", String.class, Walk.class);

    static final int ITEM = 0;
    private static final int SENDERS = 4;
    private static final int PAGE_READERS = 2;
    private static final int GENERATIONS = 5;
    private static final int EFFECTS = 200;
    private static final Duration GENERATION = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int PAGE = 64;
    private static final FailurePolicy BRISK =
            new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(30));

    private final HistoryRecorder history;
    private final GroupSink sink;
    private final Supplier<Fairlead> walker;

    private EventsWorkload(HistoryRecorder history, Supplier<Fairlead> walker) {
        this.history = history;
        this.sink = new GroupSink(history);
        this.walker = walker;
    }

    /**
     * Does the work, which takes seconds, and judges the history that it leaves in the file.
     *
     * @param prover opens the service of {@link #OWNER}
     * @param walker opens the service of {@link #READER}; it is closed and opened several times
     * @param capabilities of the mechanism that carries the events
     * @param heal ends what makes appends fail, before everything has to come to its end
     */
    public static Verdict run(
            Supplier<Fairlead> prover,
            Supplier<Fairlead> walker,
            Set<Capability> capabilities,
            Runnable heal,
            Path historyFile) {
        try (HistoryRecorder history = HistoryRecorder.create(historyFile);
                Fairlead owner = prover.get()) {
            EventsWorkload workload = new EventsWorkload(history, walker);
            if (!capabilities.contains(Capability.DENSE_OFFSETS)) {
                workload.sink.positionsHaveHoles();
            }
            workload.run(owner.events(STEPS), heal);
        }
        return HistoryChecker.check(HistoryFile.read(historyFile));
    }

    private void run(Events<String, Walk> steps, Runnable heal) {
        List<PageReader> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> sending = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                sending.add(threads.submit(new EventSender(history, steps, sender)));
            }
            List<Future<?>> reading = new ArrayList<>();
            for (int reader = 0; reader < PAGE_READERS; reader++) {
                PageReader pages = new PageReader(history, steps, 100 + reader, PAGE + reader);
                readers.add(pages);
                reading.add(threads.submit(pages));
            }
            try {
                for (int generation = 1; generation <= GENERATIONS; generation++) {
                    follow(generation);
                }
                LogWorkload.await(sending);
            } finally {
                readers.forEach(PageReader::endAtTheEnd);
            }
            LogWorkload.await(reading);
        }
        heal.run();
        history.note(0, Type.OK, Function.HEAL, ITEM, 0, 0, 0, 0, 0);
        followToTheEnd(steps);
    }

    /** Follows until it has got a little further, and ends in the middle of its work. */
    private void follow(int generation) {
        long epoch = sink.assign();
        int before = sink.effects();
        CountDownLatch looked = new CountDownLatch(1); // what is being sent again stays parked until it was seen
        try (Fairlead opened = walker.get()) {
            Following<String, Walk> following = opened.events(STEPS)
                    .follow(
                            GROUP,
                            Handler.effect(happened -> {
                                looked.await();
                                failNowAndThen(happened, generation);
                                sink.effect(epoch, happened);
                            }),
                            BRISK);
            sink.parked(following, Type.INVOKE);
            looked.countDown();
            following.parked().stream().map(ParkedKey::key).limit(generation).forEach(key -> sendAgain(following, key));
            await(GENERATION, () -> sink.effects() > before + EFFECTS);
            following.close();
            sink.committed(following);
        }
    }

    /** Whatever makes appends fail may hit this one. */
    private static void sendAgain(Following<String, Walk> following, String key) {
        try {
            following.redrive(key);
        } catch (FairleadException e) {
            if (e.code().category() != ErrorCode.Category.REMOTE) {
                throw e;
            }
        }
    }

    /** Everything is handled in the end, but for a key that stays parked. */
    private void followToTheEnd(Events<String, Walk> steps) {
        long epoch = sink.assign();
        CountDownLatch looked = new CountDownLatch(1);
        try (Fairlead opened = walker.get()) {
            Following<String, Walk> following = opened.events(STEPS)
                    .follow(
                            GROUP,
                            Handler.effect(happened -> {
                                looked.await();
                                failForEver(happened);
                                sink.effect(epoch, happened);
                            }),
                            BRISK);
            sink.parked(following, Type.INVOKE);
            looked.countDown();
            await(
                    PATIENCE,
                    () -> following.status().done().equals(following.status().end()));
            following.parked().forEach(key -> following.redrive(key.key()));
            await(
                    PATIENCE,
                    () -> following.parked().stream()
                            .allMatch(key -> key.key().equals(EventSender.key(0))
                                    && key.events().getFirst().error().contains("for ever")));
            sink.parked(following, Type.OK);
            following.close();
            sink.committed(following);
        }
        PageReader again = new PageReader(history, steps, 1000, PAGE);
        again.endAtTheEnd();
        again.run();
    }

    private static void failNowAndThen(EventRecord<String, Walk> happened, int generation) {
        failForEver(happened);
        long sequence = ((Step) happened.event()).sequence();
        if (sequence % 41 == generation) {
            throw new IllegalStateException("this time");
        }
    }

    private static void failForEver(EventRecord<String, Walk> happened) {
        if (happened.key().equals(EventSender.key(0)) && ((Step) happened.event()).sequence() > 10) {
            throw new IllegalStateException("for ever");
        }
    }

    private static void await(Duration most, BooleanSupplier reached) {
        long begin = System.nanoTime();
        while (!reached.getAsBoolean() && System.nanoTime() - begin < most.toNanos()) {
            LockSupport.parkNanos(LOOK);
        }
    }

    /** Turns the pages of the log from its beginning, and writes down what it gets. */
    private static final class PageReader implements Runnable {
        private final HistoryRecorder history;
        private final Events<String, Walk> steps;
        private final int process;
        private final int size;
        private volatile boolean ends;

        PageReader(HistoryRecorder history, Events<String, Walk> steps, int process, int size) {
            this.history = history;
            this.steps = steps;
            this.process = process;
            this.size = size;
        }

        /** Lets it end when it has read everything. */
        void endAtTheEnd() {
            ends = true;
        }

        @Override
        public void run() {
            long begin = System.nanoTime();
            Cursor cursor = steps.oldest();
            boolean over = false;
            while (!over && System.nanoTime() - begin < PATIENCE.toNanos()) {
                boolean last = ends; // asked before the page is read, which is the last one then if it is empty
                Page<String, Walk> page = steps.read(cursor, size);
                page.records().forEach(this::delivered);
                over = last && page.next().equals(cursor);
                if (page.records().isEmpty()) {
                    LockSupport.parkNanos(LOOK);
                }
                cursor = page.next();
            }
        }

        private void delivered(EventRecord<String, Walk> happened) {
            Step step = (Step) happened.event();
            history.note(
                    process,
                    Type.OK,
                    Function.DELIVER,
                    ITEM,
                    EventSender.number(happened.key()),
                    step.sequence(),
                    happened.position().offset(),
                    1,
                    step.checksum());
        }
    }
}
