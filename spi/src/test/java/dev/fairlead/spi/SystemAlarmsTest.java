package dev.fairlead.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Alarms ring at their moment, whatever else was set or cancelled meanwhile. */
class SystemAlarmsTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(20);

    private final SystemAlarms alarms = new SystemAlarms();
    private final BlockingQueue<String> rung = new LinkedBlockingQueue<>();

    private TimeSource.Alarm in(long nanos, String name) {
        return alarms.at(System.nanoTime() + nanos, () -> rung.add(name));
    }

    private String next() throws InterruptedException {
        return rung.poll(1, TimeUnit.MINUTES);
    }

    @Test
    void anEarlierAlarmDoesNotWaitForALaterOneThatWasSetBefore() throws InterruptedException {
        in(10 * MINUTE, "late");
        in(2 * SOON, "second");
        in(SOON, "first");
        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("second");
        assertThat(rung).isEmpty();
    }

    @Test
    void anAlarmRingsNotBeforeItsMoment() throws InterruptedException {
        BlockingQueue<Long> moments = new LinkedBlockingQueue<>();
        long moment = System.nanoTime() + SOON;
        alarms.at(moment, () -> moments.add(System.nanoTime()));
        assertThat(moments.poll(1, TimeUnit.MINUTES) - moment).isNotNegative();
    }

    @Test
    void aMomentThatIsPastRingsSoon() throws InterruptedException {
        in(-MINUTE, "past");
        assertThat(next()).isEqualTo("past");
    }

    @Test
    void whatIsSetAfterAnEarlierAlarmWasCancelledRings() throws InterruptedException {
        in(SOON, "cancelled").cancel();
        in(2 * SOON, "kept");
        assertThat(next()).isEqualTo("kept");
        assertThat(rung).isEmpty();
    }

    @Test
    void alarmsOfOneMomentAllRingInTheOrderInWhichTheyWereSet() throws InterruptedException {
        long moment = System.nanoTime() + SOON;
        List<Integer> order = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(100);
        for (int number = 0; number < 100; number++) {
            int each = number;
            alarms.at(moment, () -> {
                order.add(each);
                all.countDown();
            });
        }
        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(order).isSorted();
    }

    @Test
    void anActionThatThrowsOrLeavesAnInterruptStopsNoOther() throws InterruptedException {
        long moment = System.nanoTime() + SOON;
        alarms.at(moment, () -> {
            throw new IllegalStateException("thrown on purpose");
        });
        alarms.at(moment, () -> Thread.currentThread().interrupt());
        in(3 * SOON, "after");
        assertThat(next()).isEqualTo("after");
    }

    @Test
    void anAlarmForWhichNoThreadCanBeMadeIsRefusedAndNeverRings() throws InterruptedException {
        AtomicInteger refused = new AtomicInteger();
        SystemAlarms scarce = new SystemAlarms(ring -> {
            if (refused.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return Thread.ofPlatform().daemon().unstarted(ring);
        });
        long past = System.nanoTime() - MINUTE;

        assertThatThrownBy(() -> scarce.at(past, () -> rung.add("refused"))).isInstanceOf(OutOfMemoryError.class);
        scarce.at(System.nanoTime() + SOON, () -> rung.add("set"));
        assertThat(next()).isEqualTo("set");
    }
}
