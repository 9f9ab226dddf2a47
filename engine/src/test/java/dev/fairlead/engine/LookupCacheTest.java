package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.LookupStatistics;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // each test opens with a freshness of its own
class LookupCacheTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    record Profile(String customerId, String name, String email, int visits) {}

    record Billed(String customerId, String name) {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);
    private static final StateItem<String, Billed> BILLED = StateItem.of("profile.profile", String.class, Billed.class);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private FaultyMechanism reading;
    private Fairlead profile;
    private Fairlead billing;
    private Owner<String, Profile> owner;

    private Lookup<String, Billed> open(String within) {
        PlanFolder.in(folder, "D1");
        PlanFolder.write(folder, "billing.yaml", """
                service: billing
                needs:
                  profile.profile:
                    uses: [ customerId, name ]
                    within: %s
                    why: invoices carry the name
                """.formatted(within));
        MechanismOpening opening = new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, time);
        reading = FaultyMechanism.around(new EmbeddedProvider().open(opening), time, 1);
        profile = Opening.of("profile", folder).time(time).open();
        billing = Opening.of("billing", folder).time(time).mechanism(reading).open();
        owner = profile.own(PROFILES);
        return billing.lookup(BILLED);
    }

    @AfterEach
    void close() {
        billing.close();
        profile.close();
        reading.close();
    }

    private void put(String name) {
        owner.put(new Profile("1", name, "e", 1));
    }

    private static String name(Reading<Billed> reading) {
        return reading instanceof Reading.Fresh<Billed> fresh ? fresh.value().name() : "nobody";
    }

    /** Reads until a read was answered from here: from then on the feed has told of everything before. */
    private static void awaitKept(Lookup<String, Billed> lookup, String wanted) {
        await().atMost(SOON).until(() -> {
            long reused = lookup.statistics().reused();
            return name(lookup.read("1")).equals(wanted) && lookup.statistics().reused() > reused;
        });
    }

    @Test
    void aValueIsReadAgainUntilTheFeedTellsOfAChange() {
        Lookup<String, Billed> lookup = open("5s");
        put("Ada");
        awaitKept(lookup, "Ada");

        put("Ada Lovelace");

        await().atMost(SOON).until(() -> name(lookup.read("1")).equals("Ada Lovelace"));
        awaitKept(lookup, "Ada Lovelace");
        owner.remove("1");
        await().atMost(SOON).until(() -> lookup.read("1") instanceof Reading.Absent);
        awaitKept(lookup, "nobody");
        put("Ada again");
        await().atMost(SOON).until(() -> name(lookup.read("1")).equals("Ada again"));
        assertThat(lookup.statistics().dropped()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void withoutAFeedAValueIsReadAgainForAsLongAsThePlanAllows() {
        Lookup<String, Billed> lookup = open("5s");
        put("Ada");
        awaitKept(lookup, "Ada");
        reading.onDelivery("profile.profile", DeliveryFault.delay(Duration.ofDays(1)));
        put("Ada Lovelace");
        long asked = lookup.statistics().asked();

        time.advance(Duration.ofSeconds(4));
        assertThat(name(lookup.read("1"))).isEqualTo("Ada");
        assertThat(lookup.statistics().asked()).isEqualTo(asked);
        time.advance(Duration.ofSeconds(2));
        assertThat(name(lookup.read("1"))).isEqualTo("Ada Lovelace");
        assertThat(lookup.statistics().asked()).isEqualTo(asked + 1);
    }

    @Test
    void whereNoAgeIsAllowedEachReadAsks() {
        Lookup<String, Billed> lookup = open("0s");
        for (int i = 0; i < 10; i++) {
            put("name " + i);
            assertThat(name(lookup.read("1"))).isEqualTo("name " + i);
        }

        assertThat(lookup.statistics()).isEqualTo(new LookupStatistics(10, 0, 0));
    }

    /** A read that began before a change must not put the old value back after the change was told. */
    @Test
    void readersThatRaceWithChangesLeaveNothingOld() throws InterruptedException {
        Lookup<String, Billed> lookup = open("1h");
        put("start");
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(Thread.ofPlatform().start(() -> {
                while (!stop.get()) {
                    lookup.read("1");
                }
            }));
        }
        for (int round = 0; round < 300; round++) {
            String name = "name " + round;
            put(name);
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> name(lookup.read("1")).equals(name));
        }
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(lookup.statistics().reused()).isPositive();
    }

    /** While the feed is not followed nobody tells of a change: what is being read when it is followed at last may be old already. */
    @Test
    void whatIsBeingReadWhenTheFeedIsFollowedIsNotKept() throws InterruptedException {
        open("1h");
        LookupCache<String, String> cache = new LookupCache<>(
                PROFILES.id(), reading, KeyText.of(PROFILES.id(), String.class), Duration.ofHours(1), time);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch followed = new CountDownLatch(1);
        Thread slow = Thread.ofPlatform()
                .start(() -> cache.read("1", key -> {
                    begun.countDown();
                    awaitUninterruptibly(followed);
                    return new Reading.Absent<>();
                }));
        begun.await();
        AtomicInteger asked = new AtomicInteger();
        cache.read("2", key -> count(asked));
        Thread feed = Thread.ofPlatform().start(cache);
        await().atMost(SOON).until(() -> {
            cache.read("2", key -> count(asked));
            return asked.get() > 1; // what was read before was dropped
        });

        followed.countDown();
        slow.join();
        AtomicInteger again = new AtomicInteger();
        cache.read("1", key -> count(again));

        assertThat(again).as("times that the key was read again").hasValue(1);
        cache.close();
        feed.join();
    }

    private static Reading<String> count(AtomicInteger asked) {
        asked.incrementAndGet();
        return new Reading.Absent<>();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
