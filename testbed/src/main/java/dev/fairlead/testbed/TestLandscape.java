package dev.fairlead.testbed;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Item;
import dev.fairlead.engine.Opening;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.faults.FaultyMechanism;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services of a test in one process: on one embedded store, with a clock that the test moves, and faults where it wants them.
 *
 * <p>The store is in memory, unless the plan asks for more durability; then it is in a temporary folder, which is deleted at the end. Items that
 * the plan gives to other mechanisms than the embedded one need these on the class path. Safe for many threads.
 *
 * <pre>{@code
 * try (TestLandscape landscape = TestLandscape.of(Path.of("plan"))) {
 *     Fairlead profile = landscape.open("profile");
 *     Fairlead billing = landscape.open("billing");
 *     ...
 *     landscape.awaitQuiet(Duration.ofSeconds(10));
 * }
 * }</pre>
 */
public final class TestLandscape implements AutoCloseable {
    private static final long SEED = 42;

    /** A whole millisecond, so that what is told for later is due exactly when its time has passed. */
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final PlanSource plan;
    private final SettableTime time = SettableTime.at(START);
    private final Mechanism store;
    private final Map<String, FaultyMechanism> mechanisms = new HashMap<>();
    private final List<Fairlead> open = new ArrayList<>();
    private @Nullable Telemetry telemetry;

    private TestLandscape(PlanSource plan) {
        this.plan = plan;
        this.store = plan.openStore(time);
    }

    /** A landscape on the plan files below the folder. */
    public static TestLandscape of(Path plan) {
        return new TestLandscape(PlanSource.folder(plan));
    }

    /** A landscape on service files that the test writes itself, each with its whole text. */
    public static TestLandscape of(String... serviceFiles) {
        return new TestLandscape(PlanSource.texts(List.of(serviceFiles)));
    }

    /** Opens a service, or another instance of one; fails as {@link Fairlead#open} does. */
    public synchronized Fairlead open(String service, Item... items) {
        Opening opening = Opening.of(service, plan.folder())
                .time(time)
                .mechanism(faults(service))
                .items(items);
        Telemetry watching = telemetry;
        Fairlead opened =
                watching == null ? opening.open() : opening.telemetry(watching).open();
        open.add(opened);
        return opened;
    }

    /** Lets this watch the services that are opened from now on. */
    public synchronized void watchWith(Telemetry watching) {
        this.telemetry = watching;
    }

    /** Closes all instances of the service, as if they were shut down; it can be opened again. */
    public void close(String service) {
        List<Fairlead> closing;
        synchronized (this) {
            closing =
                    open.stream().filter(each -> each.service().equals(service)).toList();
            open.removeAll(closing);
        }
        closing.forEach(Fairlead::close);
    }

    /** The mechanism as all instances of this service see it: a fault here hits no other service. */
    public synchronized FaultyMechanism faults(String service) {
        return mechanisms.computeIfAbsent(service, name -> FaultyMechanism.around(store, time, SEED));
    }

    /** The clock of all services and of the store; it stands until it is moved. */
    public SettableTime time() {
        return time;
    }

    /**
     * Lets time pass. What waits for a moment begins before this returns, on this thread or others; {@link #awaitQuiet} waits for the rest. A
     * copy whose owner is open is soon current again, because the owner's beats go by the real clock, at most a second apart.
     */
    public void advance(Duration step) {
        time.advance(step);
    }

    /**
     * Blocks until nothing more happens by itself: every copy has applied what was written and told its listeners, every group is at the end of its
     * log with each event handled or parked, every message that is due is handled or set aside, no question and no write is under way, no
     * outbox holds a committed event.
     *
     * <p>What waits for the clock does not hold it up, because the clock stands: the next attempt at what failed, and what is told for later.
     * Nor does what is told to a service that is not open. All of that is returned, one line each, so that a test that expects nothing of
     * the kind can say so. A record that a fault delays counts as not applied. Work that only the application knows of, such as tasks of
     * its own threads, is not seen.
     *
     * @param patience the longest wait, in real time
     * @return what waits for the clock, or for a service to be opened; empty when everything is done
     * @throws AssertionError when it is not quiet by then, with all that is outstanding
     */
    public List<String> awaitQuiet(Duration patience) {
        return Quiet.await(this::services, patience);
    }

    private synchronized List<Fairlead> services() {
        return List.copyOf(open);
    }

    /** Closes all services and the store, and deletes what the test has written. Safe to call twice. */
    @Override
    public void close() {
        List<Fairlead> closing;
        synchronized (this) {
            closing = List.copyOf(open).reversed();
            open.clear();
        }
        closing.forEach(Fairlead::close);
        store.close();
        plan.close();
    }
}
