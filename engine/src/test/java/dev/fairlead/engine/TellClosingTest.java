package dev.fairlead.engine;

import static dev.fairlead.engine.Shop.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handling;
import dev.fairlead.api.TellStatistics;
import dev.fairlead.engine.Shop.Submit;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The threads that handle what is told, and what becomes of them and of what they hold when a handler is closed. */
@Timeout(120)
class TellClosingTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int CLOSES = 20;
    private static final int TOLD = 100;

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private Shop shop;
    private Fairlead owner;
    private Fairlead till;

    @BeforeEach
    void open() {
        shop = new Shop(folder, time);
        owner = shop.open("shop");
        till = shop.open("till");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static long threads(String suffix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("fairlead handler of shop.submit in shop" + suffix))
                .count();
    }

    /** The clock stands, so that no lease ends: what a closing handler kept would never come. */
    @Test
    void whatIsTakenWhileAHandlerClosesComesAgainAsItsFirstAttempt() throws InterruptedException {
        Set<String> handled = ConcurrentHashMap.newKeySet();
        Queue<String> later = new ConcurrentLinkedQueue<>();
        for (int close = 0; close < CLOSES; close++) {
            for (int i = 0; i < TOLD; i++) {
                till.tell(SUBMIT, new Submit(close + "-" + i));
            }
            CountDownLatch begun = new CountDownLatch(1);
            Handling<Submit> closed = owner.handle(SUBMIT, (question, told) -> {
                begun.countDown();
                handled.add(question.sku());
                if (told.attempt() > 1) {
                    later.add(question.sku() + " " + told.attempt());
                }
            });
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
            closed.close(); // while the others of the first poll are given their threads
        }
        Handling<Submit> last = owner.handle(SUBMIT, (question, told) -> handled.add(question.sku()));

        await().atMost(SOON).until(() -> handled.size() == CLOSES * TOLD);
        await().atMost(SOON).until(() -> {
            TellStatistics left = last.statistics();
            return left.held() + left.waiting() == 0;
        });
        assertThat(later).isEmpty();
        assertThat(last.statistics().dead()).isZero();
    }

    @Test
    void threadsAreAsManyAsThereIsRoomAndEndWithTheHandler() {
        CountDownLatch running = new CountDownLatch(TellRules.ROOM);
        Handling<Submit> handling = owner.handle(SUBMIT, (question, told) -> {
            running.countDown();
            new CountDownLatch(1).await(); // until it is interrupted by the close
        });
        IntStream.range(0, 2 * TellRules.ROOM).forEach(i -> till.tell(SUBMIT, new Submit("m" + i)));
        await().atMost(SOON).until(() -> running.getCount() == 0);
        assertThat(handling.statistics().waiting()).isEqualTo(TellRules.ROOM);
        assertThat(threads("")).isEqualTo(TellRules.ROOM);
        assertThat(threads(" pump")).isEqualTo(1);

        handling.close();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(threads("") + threads(" pump")).isZero());
        Set<Integer> attempts = ConcurrentHashMap.newKeySet();
        Handling<Submit> next = owner.handle(SUBMIT, (question, told) -> attempts.add(told.attempt()));
        await().atMost(SOON).until(() -> next.statistics().handled() == 2 * TellRules.ROOM);
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void aHandlerThatLeavesItsThreadInterruptedHindersNeitherItsMessageNorTheNext() {
        Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
        Handling<Submit> handling = owner.handle(SUBMIT, (question, told) -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        });
        for (int i = 0; i < 20; i++) {
            till.tell(SUBMIT, new Submit("m" + i));
            int handled = i + 1;
            await().atMost(SOON).until(() -> handling.statistics().handled() == handled);
        }

        assertThat(interrupted).hasSize(20).containsOnly(false);
    }
}
