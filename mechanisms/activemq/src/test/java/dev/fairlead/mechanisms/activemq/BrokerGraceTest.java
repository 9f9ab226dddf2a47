package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerGraceTest {
    private final Broker.Grace grace = new Broker.Grace(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(10));

    @Test
    void messagesThatKeepComingAreNotWaitedForLongerThanAllMayTake() {
        assertThat(grace.millis(0)).isEqualTo(5);
        assertThat(grace.millis(Duration.ofMillis(7).toNanos())).isEqualTo(3);
        assertThat(grace.millis(Duration.ofMillis(10).toNanos())).isZero();
        assertThat(grace.millis(Duration.ofHours(1).toNanos())).isNegative();
    }
}
