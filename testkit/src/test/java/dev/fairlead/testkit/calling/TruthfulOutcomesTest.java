package dev.fairlead.testkit.calling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.CallWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a post that loses, doubles and exchanges messages, while answerers die: what is said to have run ran once, and what is not never. */
class TruthfulOutcomesTest {
    private static final String ITEM = "shop.quote";
    private static final int QUESTIONS = 1500;

    @TempDir
    Path folder;

    private record Asked(String text, CompletableFuture<Answer> outcome) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void outcomesAreTrueWhateverHappensToMessages(long seed) {
        Map<String, Integer> runs = new ConcurrentHashMap<>();
        Map<ErrorCode, Integer> failures = new EnumMap<>(ErrorCode.class);
        Random random = new Random(seed);
        List<CallingMechanism> opened = new ArrayList<>();
        try (MemoryNetwork network = new MemoryNetwork(seed)) {
            for (int i = 0; i < 5; i++) {
                opened.add(new CallingMechanism(network, TimeSource.SYSTEM));
            }
            for (CallingMechanism owner : opened.subList(2, 5)) {
                owner.answer(ITEM, 3, question -> answer(question, runs));
            }
            network.faults(new MemoryNetwork.Faults(3, 25, 4));
            List<Asked> asked = new ArrayList<>();
            for (int i = 0; i < QUESTIONS; i++) {
                String text = "question " + i;
                Duration deadline = Duration.ofMillis(1 + random.nextInt(60));
                Question question = new Question(new byte[0], text.getBytes(UTF_8));
                asked.add(new Asked(text, opened.get(i % 2).ask(ITEM, question, deadline)));
                if (i % 50 == 0) {
                    asked.getLast().outcome().cancel(false);
                }
                if (i == QUESTIONS / 2) {
                    network.cut(opened.get(2).address());
                    network.expire(opened.get(2).address());
                }
                LockSupport.parkNanos(random.nextInt(1_000_000));
            }
            int answered = 0;
            List<String> neverRan = new ArrayList<>();
            for (Asked each : asked) {
                try {
                    if (each.outcome().join() instanceof Answer.Given given) {
                        assertThat(new String(given.payload(), UTF_8)).isEqualTo(each.text());
                        assertThat(runs).containsEntry(each.text(), 1);
                        answered++;
                    }
                } catch (CancellationException givenUp) {
                    assertThat(each.outcome()).isCancelled();
                } catch (CompletionException e) {
                    ErrorCode code = ((FairleadException) e.getCause()).code();
                    failures.merge(code, 1, Integer::sum);
                    if (code != ErrorCode.OUTCOME_UNKNOWN) {
                        neverRan.add(each.text());
                    }
                }
            }
            await().atMost(Duration.ofMinutes(1)).until(network::isQuiet);
            assertThat(runs.keySet()).doesNotContainAnyElementsOf(neverRan);
            assertThat(runs.values()).allMatch(times -> times == 1);
            assertThat(failures.keySet()).contains(ErrorCode.OUTCOME_UNKNOWN, ErrorCode.DEADLINE);
            assertThat(answered).isGreaterThan(50);
        } finally {
            opened.forEach(CallingMechanism::close);
        }
    }

    private static Answer answer(Question question, Map<String, Integer> runs) {
        int run = runs.merge(new String(question.payload(), UTF_8), 1, Integer::sum);
        LockSupport.parkNanos(run * 3_000_000L);
        return new Answer.Given(new byte[0], question.payload());
    }

    @Test
    void aWorkloadIsJudgedWell() {
        try (MemoryNetwork network = new MemoryNetwork(1);
                CallingMechanism mechanism = new CallingMechanism(network, TimeSource.SYSTEM)) {
            network.faults(new MemoryNetwork.Faults(0, 20, 2));
            Verdict verdict = CallWorkload.run(mechanism, folder.resolve("history"));
            assertThat(verdict.breaches()).isEmpty();
        }
    }
}
