package dev.fairlead.node.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.wire.QueueMessages.Handed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process held that was killed, and what its last poll got, goes to others long before its leases are over. */
class SilentOpeningTest {
    private static final String QUEUE = "shop.parcel";
    private static final Place KILLED = new Place("", "shipping", "killed");
    private static final Place OTHER = new Place("", "shipping", "other");
    private static final Duration LEASE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private Carrier carrier;

    @BeforeEach
    void sendOne() {
        carrier = new Carrier(
                Map.of("durability", "D1"), folder, TimeSource.SYSTEM, new LetterSpaces(nanos::get), nanos::get);
        carrier.use(KILLED, opening -> {
            Queue queue = opening.queues().queues();
            queue.define(new QueueDefinition(QUEUE, Durability.D1));
            return queue.send(QUEUE, new Question(new byte[0], "a".getBytes(UTF_8)))
                    .join();
        });
    }

    @AfterEach
    void close() {
        carrier.close();
    }

    private List<Handed> poll(Place place, Duration wait) {
        return carrier.use(place, opening -> {
            opening.queues().receive(QUEUE, place.name(), LEASE);
            return opening.queues()
                    .receiver(QUEUE, place.name())
                    .poll(nanos.get() + 1, 1, wait)
                    .orElseThrow();
        });
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void whatASilentProcessHeldComesAgain() {
        assertThat(poll(KILLED, PATIENCE)).hasSize(1);
        later(Duration.ofSeconds(16));

        assertThat(poll(OTHER, PATIENCE))
                .singleElement()
                .satisfies(each -> assertThat(each.message().payload()).isEqualTo("a".getBytes(UTF_8)));
    }

    @Test
    void aProcessThatIsHeardOfKeepsWhatItHolds() {
        assertThat(poll(KILLED, PATIENCE)).hasSize(1);
        for (int i = 0; i < 10; i++) {
            later(Duration.ofSeconds(14));
            carrier.hear(KILLED, null);

            assertThat(poll(OTHER, Duration.ZERO)).isEmpty();
        }
    }
}
