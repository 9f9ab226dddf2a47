package dev.fairlead.engine;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceTimerTest {
    /** The beats of an owner are such work: were they to end, all copies would be stale until its service is opened anew. */
    @Test
    void workThatThrowsAnErrorIsDoneAgain() {
        AtomicInteger times = new AtomicInteger();
        try (ServiceTimer timer = new ServiceTimer("test")) {
            timer.every(
                    Duration.ofMillis(1),
                    () -> {
                        times.incrementAndGet();
                        throw new AssertionError("on purpose");
                    },
                    "the test");
            await().atMost(Duration.ofMinutes(1)).until(() -> times.get() >= 3);
        }
    }
}
