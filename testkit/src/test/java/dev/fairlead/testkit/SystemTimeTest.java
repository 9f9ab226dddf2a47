package dev.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The alarms of the system's clocks. */
class SystemTimeTest {
    private static final TimeSource TIME = TimeSource.SYSTEM;

    @Test
    void anAlarmRingsWhenItsMomentIsReachedAndNotBefore() {
        long moment = TIME.nanos() + Duration.ofMillis(20).toNanos();
        CompletableFuture<Long> rung = new CompletableFuture<>();
        TIME.at(moment, () -> rung.complete(TIME.nanos()));

        assertThat(rung.orTimeout(30, TimeUnit.SECONDS).join() - moment).isNotNegative();
    }

    /** Again when this thread stood so long that the alarm was cancelled after its moment, when it may have rung. */
    @Test
    void aCancelledAlarmIsSilentWhileALaterOneRings() {
        boolean inTime = false;
        for (int attempt = 0; attempt < 100 && !inTime; attempt++) {
            CompletableFuture<String> cancelled = new CompletableFuture<>();
            CompletableFuture<String> later = new CompletableFuture<>();
            long moment = TIME.nanos() + Duration.ofMillis(20).toNanos();
            TimeSource.Alarm alarm = TIME.at(moment, () -> cancelled.complete("rang"));
            TIME.at(moment + Duration.ofMillis(20).toNanos(), () -> later.complete("rang"));
            alarm.cancel();
            alarm.cancel();
            inTime = TIME.nanos() - moment < 0;

            later.orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(cancelled.isDone() && inTime).isFalse();
        }
        assertThat(inTime).as("an alarm was cancelled in time").isTrue();
    }
}
