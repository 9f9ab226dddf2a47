package dev.fairlead.testkit.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that ask one item, whatever becomes of the server between them and its answerer, until they are judged. Unlike
 * {@link CallWorkload} it goes on for as long as it is let, or until something fails that should not, and shows how far it is. Safe for many
 * threads.
 */
public final class AskLoad {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final String ITEM = "faults.quote";
    private static final int ASKERS = 3;
    private static final Set<ErrorCode> EXPECTED =
            Set.of(ErrorCode.UNREACHABLE, ErrorCode.DEADLINE, ErrorCode.OUTCOME_UNKNOWN);

    private final Call asker;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final Queue<String> neverRan = new ConcurrentLinkedQueue<>();
    private final Queue<CompletionException> unexpected = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean stopping;

    /** Begins; the owner answers each question with what it says. */
    public AskLoad(Call asker, Call owner) {
        this.asker = asker;
        owner.answer(ITEM, 2, question -> {
            runs.merge(new String(question.payload(), UTF_8), 1, Integer::sum);
            return new Answer.Given(new byte[0], question.payload());
        });
        for (int number = 0; number < ASKERS; number++) {
            String name = "asker " + number;
            threads.add(Thread.ofPlatform().daemon().start(() -> ask(name)));
        }
    }

    private void ask(String name) {
        for (int i = 0; !stopping && unexpected.isEmpty(); i++) {
            String text = name + "/" + i;
            long begin = System.nanoTime();
            try {
                asker.ask(ITEM, new Question(new byte[0], text.getBytes(UTF_8)), DEADLINE)
                        .join();
                answered.add(text);
                answers.incrementAndGet();
            } catch (CompletionException e) {
                note(text, e);
            }
            longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        }
    }

    private void note(String text, CompletionException e) {
        failures.incrementAndGet();
        if (!(e.getCause() instanceof FairleadException known) || !EXPECTED.contains(known.code())) {
            unexpected.add(e);
        } else if (known.code() != ErrorCode.OUTCOME_UNKNOWN) {
            neverRan.add(text);
        }
    }

    /** How many questions were answered so far. */
    public int answers() {
        return answers.get();
    }

    /** How many ended otherwise. */
    public int failures() {
        return failures.get();
    }

    /** Ends the askers, and fails with an {@link AssertionError} unless each was told the truth within the time. */
    public void judge(Duration longest) throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (!unexpected.isEmpty()) {
            throw new AssertionError("a failure that nobody expects", unexpected.element());
        }
        require(runs.values().stream().allMatch(times -> times == 1), "each to run once at most, not " + runs);
        require(runs.keySet().containsAll(answered), "what was answered to have run");
        require(neverRan.stream().noneMatch(runs::containsKey), "what was told never to have run not to have run");
        Duration took = Duration.ofNanos(longestNanos.get());
        require(took.compareTo(longest) < 0, "no question to take " + took);
    }

    private static void require(boolean holds, String expected) {
        if (!holds) {
            throw new AssertionError("expected " + expected);
        }
    }
}
