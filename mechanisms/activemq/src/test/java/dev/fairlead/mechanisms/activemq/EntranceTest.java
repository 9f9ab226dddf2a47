package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private final AtomicInteger ends = new AtomicInteger();
    private final Entrance entrance = new Entrance(ends::incrementAndGet);

    @Test
    void endsAtOnceWhenNobodyIsIn() {
        assertThat(entrance.enter()).isTrue();
        entrance.leave();
        assertThat(ends).hasValue(0);
        entrance.close();
        assertThat(ends).hasValue(1);
    }

    @Test
    void endsWhenTheLastHasLeft() {
        entrance.enter();
        entrance.enter();
        entrance.close();
        entrance.leave();
        assertThat(ends).hasValue(0);
        entrance.leave();
        assertThat(ends).hasValue(1);
    }

    @Test
    void letsNobodyInAfterTheClose() {
        entrance.enter();
        entrance.close();
        assertThat(entrance.enter()).isFalse();
        entrance.leave();
        assertThat(ends).hasValue(1);
    }

    @Test
    void endsOnce() {
        entrance.close();
        entrance.close();
        assertThat(entrance.enter()).isFalse();
        assertThat(ends).hasValue(1);
    }
}
