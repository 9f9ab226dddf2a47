package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An answerer that holds every question until it is told to answer; an interrupt does not make it let go. */
final class Held implements Answerer {
    private final Duration patience;
    private final Semaphore came = new Semaphore(0);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    Held(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Answer answer(Question question) {
        runs.incrementAndGet();
        came.release();
        boolean interrupted = false;
        while (letGo.getCount() > 0) {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Asking.given("to " + Asking.text(question));
    }

    /** Waits until as many more questions have come. */
    void awaitQuestions(int number) throws InterruptedException {
        Expect.that(
                came.tryAcquire(number, patience.toNanos(), TimeUnit.NANOSECONDS),
                number + " more questions to reach their answerer within " + patience);
    }

    void letGo() {
        letGo.countDown();
    }

    int runs() {
        return runs.get();
    }
}
