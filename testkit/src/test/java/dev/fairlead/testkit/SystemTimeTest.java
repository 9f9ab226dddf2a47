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

    @Test
    void aCancelledAlarmIsSilentWhileALaterOneRings() {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        CompletableFuture<String> later = new CompletableFuture<>();
        TimeSource.Alarm alarm =
                TIME.at(TIME.nanos() + Duration.ofMillis(20).toNanos(), () -> cancelled.complete("rang"));
        TIME.at(TIME.nanos() + Duration.ofMillis(40).toNanos(), () -> later.complete("rang"));
        alarm.cancel();
        alarm.cancel();

        later.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(cancelled).isNotDone();
    }
}
