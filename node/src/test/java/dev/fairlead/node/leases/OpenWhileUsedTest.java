package dev.fairlead.node.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenWhileUsedTest {
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final SettableTime time = SettableTime.create();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final OpenWhileUsed<AutoCloseable> used = new OpenWhileUsed<>(this::open, IDLE, time);

    private AutoCloseable open() {
        opened.incrementAndGet();
        return closed::incrementAndGet;
    }

    @Test
    void staysOpenWhileItIsUsedAndAWhileLonger() {
        OpenWhileUsed.Use<AutoCloseable> first = used.use();
        OpenWhileUsed.Use<AutoCloseable> second = used.use();
        assertThat(second.used()).isSameAs(first.used());
        first.close();
        first.close();
        time.advance(IDLE.multipliedBy(3));
        assertThat(closed).as("the second still uses it").hasValue(0);
        second.close();
        time.advance(IDLE.minusNanos(1));
        used.use().close();
        assertThat(opened).hasValue(1);
        time.advance(IDLE);
        await().atMost(Duration.ofMinutes(1)).until(() -> closed.get() == 1);
        used.use().close();
        assertThat(opened).hasValue(2);
        used.close();
        assertThat(closed).hasValue(2);
    }

    @Test
    void aLeaseEndsOnceAndForItsHolderOnly() {
        Leases<String> leases = new Leases<>(time);
        String name = leases.begin("billing", "a.b", "work", IDLE, closed::incrementAndGet);
        assertThat(leases.find("shipping", "a.b", name)).isEmpty();
        assertThat(leases.find("billing", "a.c", name)).isEmpty();
        assertThat(leases.end("shipping", "a.b", name)).isEmpty();
        assertThat(leases.end("billing", "a.b", name)).isEqualTo(Optional.of("work"));
        assertThat(leases.end("billing", "a.b", name)).isEmpty();
        time.advance(IDLE.multipliedBy(2));
        assertThat(closed).as("it was ended before").hasValue(0);

        String other = leases.begin("billing", "a.b", "work", IDLE, closed::incrementAndGet);
        time.advance(IDLE);
        await().atMost(Duration.ofMinutes(1)).until(() -> closed.get() == 1);
        assertThat(leases.find("billing", "a.b", other)).isEmpty();
        assertThat(leases.count()).isZero();
    }
}
