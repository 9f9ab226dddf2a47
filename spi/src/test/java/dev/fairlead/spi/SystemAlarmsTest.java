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

    /** Again, with more time, when this thread stood between the two for so long that the second rang before the first was set. */
    @Test
    void anEarlierAlarmDoesNotWaitForALaterOneThatWasSetBefore() throws InterruptedException {
        in(10 * MINUTE, "late");
        List<String> order = List.of();
        boolean inTime = false;
        for (long span = SOON; !inTime && span < MINUTE; span *= 2) {
            long second = System.nanoTime() + 2 * span;
            alarms.at(second, () -> rung.add("second"));
            alarms.at(second - span, () -> rung.add("first"));
            inTime = System.nanoTime() - second < 0;
            order = List.of(next(), next());
        }
        assertThat(order).containsExactly("first", "second");
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

    /** Again, with more time, when this thread stood so long that the alarm rang before it was cancelled. */
    @Test
    void whatIsSetAfterAnEarlierAlarmWasCancelledRings() throws InterruptedException {
        boolean inTime = false;
        for (long span = SOON; !inTime && span < MINUTE; span *= 2) {
            rung.clear();
            long moment = System.nanoTime() + span;
            alarms.at(moment, () -> rung.add("cancelled")).cancel();
            inTime = System.nanoTime() - moment < 0;
            alarms.at(moment + span, () -> rung.add("kept"));
            for (String name = next(); !name.equals("kept"); name = next()) {
                assertThat(inTime).as("cancelled in time, and rang").isFalse();
            }
        }
        assertThat(inTime).isTrue();
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
