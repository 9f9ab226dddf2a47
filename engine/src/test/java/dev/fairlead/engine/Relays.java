package dev.fairlead.engine;

import static org.awaitility.Awaitility.await;

import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.OutboxStatistics;
import java.time.Duration;
import java.util.function.Supplier;

/** Outboxes whose relays do not let a test wait. */
final class Relays {
    static final OutboxSettings BRISK =
            OutboxSettings.defaults().withPoll(Duration.ofMillis(10)).withLease(Duration.ofSeconds(2));

    private Relays() {}

    static void awaitEmpty(Supplier<OutboxStatistics> outbox) {
        await().atMost(Duration.ofMinutes(1)).until(() -> outbox.get().pending() == 0);
    }
}
