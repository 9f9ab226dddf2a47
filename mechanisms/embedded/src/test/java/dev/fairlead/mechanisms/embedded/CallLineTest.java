package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.failure;
import static dev.fairlead.mechanisms.embedded.Records.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.CallLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLineTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Answer ANSWER = new Answer.Given(new byte[0], new byte[0]);

    @TempDir
    Path folder;

    @Test
    void whatWaitsIsBoundedInBytesAndNothingIsLeftAfterwards() {
        CountDownLatch goOn = new CountDownLatch(1);
        Opening opening = new Opening(Stores.memory(folder, TimeSource.SYSTEM));
        CallLine line = opening.store().calls().open("a.b");
        EmbeddedAnswerer answerer = new EmbeddedAnswerer("a.b", 1, question -> waitFor(goOn), line, opening);
        line.join(answerer);
        Question large = new Question(new byte[0], new byte[Question.MAX_PAYLOAD]);
        long fit = CallLimits.MAX_WAITING_BYTES / large.size();
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        for (int i = 0; i <= fit; i++) {
            asked.add(opening.ask("a.b", large, SOON));
        }

        assertThat(failure(opening.ask("a.b", large, SOON)).code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(opening.asking()).isEqualTo((int) fit + 1);
        goOn.countDown();
        asked.forEach(CompletableFuture::join);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(opening.asking()).isZero());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(line.underWay()).isZero());
        opening.close();
    }

    @Test
    void theThreadsOfAClosedMechanismAreInterruptedAlsoWhenTheirAnswererWasClosedBefore() throws Exception {
        CountDownLatch came = new CountDownLatch(1);
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        try (EmbeddedMechanism asker = open(folder, Durability.D0)) {
            EmbeddedMechanism owner = open(folder, Durability.D0);
            OpenAnswerer answerer = owner.answer("a.b", 1, question -> {
                came.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    Thread.currentThread().interrupt();
                }
                return ANSWER;
            });
            CompletableFuture<Answer> asked = asker.ask("a.b", new Question(new byte[0], new byte[0]), SOON);
            came.await();
            answerer.close();
            assertThat(asked).isNotDone();
            owner.close();

            assertThat(failure(asked).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(interrupted.get()).isTrue());
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(answerer.dropped()).isEqualTo(1));
        }
    }

    private static Answer waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ANSWER;
    }
}
