package dev.fairlead.telemetry;

import static dev.fairlead.telemetry.Store.PARCELS;
import static dev.fairlead.telemetry.Store.SALES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Handler;
import dev.fairlead.telemetry.Store.Parcel;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Everything everything = new Everything(FairleadTelemetry.of(OpenTelemetry.noop(), registry));

    @AfterEach
    void close() {
        everything.close();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private long times(String... tags) {
        return registry.get("fairlead.work").tags(tags).timer().count();
    }

    @Test
    void whatIsCountedIsShown() throws SQLException {
        everything.happen("s1", "bad", "s2");

        assertThat(gauge("fairlead.copy.state", "state", "live", "item", "shipping.parcel", "service", "storefront"))
                .isEqualTo(1);
        assertThat(gauge("fairlead.copy.state", "state", "stale")).isZero();
        assertThat(gauge("fairlead.copy.age")).isZero();
        assertThat(gauge("fairlead.copy.lag")).isZero();
        assertThat(count("fairlead.copy.applied")).isEqualTo(3);
        assertThat(count("fairlead.copy.delivered")).isEqualTo(3);

        String[] group = {"group", "send", "item", "checkout.sale", "service", "shipping"};
        assertThat(count("fairlead.group.handled", group)).isEqualTo(2);
        assertThat(gauge("fairlead.group.parked", group)).isEqualTo(1);
        assertThat(gauge("fairlead.group.lag", group)).isZero();

        assertThat(count("fairlead.request.answered", "side", "asker", "service", "shipping"))
                .isEqualTo(3);
        assertThat(count("fairlead.request.answered", "side", "owner", "service", "payment"))
                .isEqualTo(3);
        assertThat(count("fairlead.queue.handled", "item", "payment.charge")).isEqualTo(2);
        assertThat(gauge("fairlead.queue.dead")).isEqualTo(1);
        assertThat(gauge("fairlead.queue.waiting")).isZero();
        assertThat(count("fairlead.outbox.published")).isEqualTo(3);
        assertThat(gauge("fairlead.outbox.pending")).isZero();
        assertThat(gauge("fairlead.outbox.leading")).isEqualTo(1);

        assertThat(times("kind", "append", "outcome", "ok")).isEqualTo(3);
        assertThat(times("kind", "put", "outcome", "ok", "group", "none")).isEqualTo(3);
        assertThat(times("kind", "handle", "group", "send", "outcome", "ok")).isEqualTo(2);
        assertThat(times("kind", "handle", "group", "send", "outcome", "thrown"))
                .isEqualTo(1);
        assertThat(times("kind", "ask", "outcome", "ok")).isEqualTo(3);
    }

    @Test
    void theAgeAndStateOfACopyGoWithTheClock() throws SQLException {
        everything.happen("s1");
        everything.landscape().close("shipping");

        everything.landscape().advance(Duration.ofSeconds(7));

        assertThat(gauge("fairlead.copy.age")).isEqualTo(7);
        assertThat(gauge("fairlead.copy.state", "state", "stale")).isEqualTo(1);
        assertThat(gauge("fairlead.copy.state", "state", "live")).isZero();
    }

    @Test
    void theInboxOfAGroupShowsHowFullItIsAndHowOld() throws SQLException {
        String[] inbox = {"group", "file", "item", "checkout.sale", "service", "audit"};
        everything.happen("s1", "s2", "s1");
        awaitLook(() -> assertThat(gauge("fairlead.inbox.keys", inbox)).isEqualTo(2));
        assertThat(gauge("fairlead.inbox.age", inbox)).isNotNegative().isLessThan(3600);
        assertThat(count("fairlead.inbox.repeated", inbox)).isZero();
        assertThat(count("fairlead.inbox.forgotten", inbox)).isZero();

        everything.execute("UPDATE fairlead_inbox SET touched = touched - 7200000");
        awaitLook(() -> assertThat(gauge("fairlead.inbox.age", inbox)).isBetween(7200.0, 10800.0));
    }

    /** Moves the clock to the next look again and again, because the one before may be under way. */
    private void awaitLook(ThrowingRunnable seen) {
        await().atMost(Everything.SOON).untilAsserted(() -> {
            everything.landscape().advance(Duration.ofMinutes(1));
            seen.run();
        });
    }

    @Test
    void severalInstancesAreShownTogetherAndWhatIsClosedKeepsItsCounts() throws SQLException {
        everything.happen("s1");
        Copy<String, Parcel> second = everything.landscape().open("storefront").copy(PARCELS);
        everything.quiet();
        assertThat(second.read("s1")).isNotNull();

        assertThat(count("fairlead.copy.applied")).isEqualTo(2);
        assertThat(gauge("fairlead.copy.state", "state", "live")).isEqualTo(2);

        everything.landscape().close("storefront");

        assertThat(count("fairlead.copy.applied")).isEqualTo(2);
        assertThat(registry.find("fairlead.copy.state").gauge()).isNull();

        everything.landscape().open("storefront").copy(PARCELS);
        everything.quiet();
        assertThat(count("fairlead.copy.applied")).isEqualTo(3);
    }

    @Test
    void aGroupThatIsClosedHasNoGauges() {
        var group = everything.landscape().open("audit").events(SALES).follow("keep", Handler.effect(paid -> {}));
        assertThat(registry.find("fairlead.group.lag").tag("group", "keep").gauge())
                .isNotNull();

        group.close();

        assertThat(registry.find("fairlead.group.lag").tag("group", "keep").gauge())
                .isNull();
    }

    @Test
    void nothingOpenIsLeftWhenAllIsClosed() {
        everything.close();

        assertThat(registry.getMeters()).noneMatch(Gauge.class::isInstance).anyMatch(FunctionCounter.class::isInstance);
    }
}
