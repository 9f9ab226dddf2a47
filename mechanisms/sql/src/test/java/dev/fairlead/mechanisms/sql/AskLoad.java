package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that ask one item, whatever comes; what each was told is judged at the end. */
final class AskLoad {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final String ITEM = "faults.quote";
    private static final int ASKERS = 3;

    private final Call asker;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final Queue<String> neverRan = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean stopping;

    AskLoad(Call asker, Call owner) {
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
        for (int i = 0; !stopping; i++) {
            String text = name + "/" + i;
            long begin = System.nanoTime();
            try {
                asker.ask(ITEM, new Question(new byte[0], text.getBytes(UTF_8)), DEADLINE)
                        .join();
                answered.add(text);
                answers.incrementAndGet();
            } catch (CompletionException e) {
                failures.incrementAndGet();
                ErrorCode code = ((FairleadException) e.getCause()).code();
                assertThat(code).isIn(ErrorCode.UNREACHABLE, ErrorCode.DEADLINE, ErrorCode.OUTCOME_UNKNOWN);
                if (code != ErrorCode.OUTCOME_UNKNOWN) {
                    neverRan.add(text);
                }
            }
            longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        }
    }

    int answers() {
        return answers.get();
    }

    int failures() {
        return failures.get();
    }

    /** Ends the askers, and says how it must have been. */
    void judge(Duration longest) throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(runs.values()).as("each ran once at most").allMatch(times -> times == 1);
        assertThat(runs.keySet()).as("what was answered ran").containsAll(answered);
        assertThat(neverRan).as("what never ran").noneMatch(runs::containsKey);
        assertThat(Duration.ofNanos(longestNanos.get())).isLessThan(longest);
    }
}
