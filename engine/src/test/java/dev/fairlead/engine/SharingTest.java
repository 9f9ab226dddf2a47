package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.codecs.json.JsonCodecProvider;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.SettableTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharingTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    record Profile(String customerId, String name, String email, int visits) {}

    record Billed(String customerId, String name) {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);
    private static final StateItem<String, Billed> BILLED = StateItem.of("profile.profile", String.class, Billed.class);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final Deque<Fairlead> open = new ArrayDeque<>();
    private Path plan;

    @BeforeEach
    void writePlan() {
        plan = PlanFolder.in(folder, "D1");
    }

    @AfterEach
    void closeAll() {
        open.forEach(Fairlead::close);
    }

    @Test
    void aCopyShowsWhatTheOwnerPut() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Billed> copy = open("billing").copy(BILLED);
        Receipt receipt = owner.put(new Profile("17850", "Ada", "ada@example.org", 1));
        copy.awaitLive(SOON);

        assertThat(receipt.version()).isEqualTo(1);
        assertThat(receipt.durability()).isEqualTo(Durability.D1);
        assertThat(copy.read("17850", receipt, SOON))
                .isInstanceOfSatisfying(
                        Reading.Fresh.class, fresh -> assertThat(fresh.value()).isEqualTo(new Billed("17850", "Ada")));
        assertThat(copy.read("nobody")).isInstanceOf(Reading.Absent.class);
        assertThat(copy.digest()).isEqualTo(owner.digest());
    }

    @Test
    void whatIsRemovedIsAbsentAndItsVersionsGoOn() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Billed> copy = open("billing").copy(BILLED);
        owner.put(new Profile("1", "a", "e", 0));
        Receipt removed = owner.remove("1");

        assertThat(copy.read("1", removed, SOON)).isInstanceOf(Reading.Absent.class);
        assertThat(owner.put(new Profile("1", "b", "e", 0)).version()).isEqualTo(3);
        assertThat(owner.size()).isEqualTo(1);
    }

    @Test
    void aBatchIsNumberedInItsOrder() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        List<Receipt> receipts = owner.putAll(IntStream.range(0, 100)
                .mapToObj(i -> new Profile("k" + i % 10, "n" + i, "e", i))
                .toList());

        assertThat(receipts).hasSize(100);
        assertThat(receipts.get(99).version()).isEqualTo(10);
        assertThat(receipts.get(99).position().offset())
                .isEqualTo(receipts.get(0).position().offset() + 99);
        assertThat(owner.putAll(List.of())).isEmpty();
    }

    @Test
    void manyThreadsWriteWithoutLosingOrRepeatingAVersion() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        List<CompletableFuture<Receipt>> writes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(thread -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 500; i++) {
                        writes.add(owner.putAsync(new Profile("k" + i % 20, "n", "e", i)));
                    }
                }))
                .toList();
        threads.forEach(SharingTest::join);
        List<Receipt> receipts = writes.stream().map(CompletableFuture::join).toList();

        for (int key = 0; key < 20; key++) {
            String name = "k" + key;
            assertThat(receipts.stream()
                            .filter(receipt -> receipt.key().equals(name))
                            .map(Receipt::version))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 200).boxed().toList());
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));
    }

    @Test
    void theFieldsThatAReaderDoesNotUseNeverReachIt() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        owner.put(new Profile("1", "Ada", "secret@example.org", 7));
        PlanBinding binding = new PlanBinding(PlanFiles.read(List.of(plan), null), "billing");
        NeedPlan need = binding.needed(BILLED);
        Outlet outlet = new Outlet("profile.profile", need.projection().map(new JsonCodecProvider()::projection));
        Fairlead reader = open("billing");
        Copy<String, Billed> copy = reader.copy(BILLED);
        copy.awaitLive(SOON);

        try (var mechanism = (EmbeddedMechanism) embedded();
                var log = mechanism.read("profile.profile", 0, 0)) {
            var written = log.poll(1, SOON).records().getFirst();
            assertThat(new String(written.payload(), StandardCharsets.UTF_8)).contains("secret");
            assertThat(new String(outlet.pass(written).payload(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"customerId\":\"1\",\"name\":\"Ada\"}");
        }
        assertThatThrownBy(() -> reader.copy(PROFILES))
                .hasMessageContaining("email")
                .hasMessageContaining("not among the fields that this service uses");
    }

    @Test
    void aCopyIsLateToNothingWhileTheOwnerIsQuietAndStaleWhenItIsGone() {
        Fairlead service = open("profile");
        service.own(PROFILES).put(new Profile("1", "a", "e", 0));
        Copy<String, Billed> copy = open("billing").copy(BILLED);
        copy.awaitLive(SOON);
        List<HealthState> told = Collections.synchronizedList(new ArrayList<>());
        copy.listenHealth(health -> told.add(health.state()));

        time.advance(Duration.ofMinutes(20));
        copy.awaitLive(SOON);
        service.close();
        time.advance(Duration.ofSeconds(6));

        assertThat(copy.health().state()).isEqualTo(HealthState.STALE);
        assertThat(copy.read("1"))
                .isInstanceOfSatisfying(
                        Reading.Stale.class, stale -> assertThat(stale.age()).isGreaterThan(Duration.ofSeconds(5)));
        assertThat(copy.read("unknown")).isInstanceOf(Reading.Unready.class);
        await().atMost(SOON).untilAsserted(() -> assertThat(told).contains(HealthState.STALE));

        open("profile").own(PROFILES);
        copy.awaitLive(SOON);
    }

    @Test
    void aCopyOfAnItemThatHasNoOwnerYetIsNotLive() {
        Copy<String, Billed> copy = open("billing").copy(BILLED);

        await().atMost(SOON).until(() -> copy.health().state() == HealthState.STALE);
        assertThat(copy.read("1")).isInstanceOf(Reading.Unready.class);
        assertThatThrownBy(() -> copy.awaitLive(Duration.ofMillis(50)))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE));
    }

    @Test
    void aSecondInstanceTakesTheItemOverAndTheFirstIsFencedOff() {
        Owner<String, Profile> first = open("profile").own(PROFILES);
        first.put(new Profile("1", "a", "e", 0));
        Owner<String, Profile> second = open("profile").own(PROFILES);

        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(second.put(new Profile("1", "b", "e", 0)).version()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> first.put(new Profile("1", "c", "e", 0)))
                    .isInstanceOfSatisfying(
                            FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        }
        assertThat(second.put(new Profile("1", "d", "e", 0)).version()).isEqualTo(3);
    }

    @Test
    void everythingIsThereAfterARestart() {
        Fairlead before = open("profile");
        Owner<String, Profile> owner = before.own(PROFILES);
        IntStream.range(0, 200).forEach(i -> owner.put(new Profile("k" + i % 7, "n" + i, "e", i)));
        owner.remove("k3");
        var digest = owner.digest();
        before.close();

        Owner<String, Profile> again = open("profile").own(PROFILES);
        Copy<String, Billed> copy = open("billing").copy(BILLED);
        copy.awaitLive(SOON);

        assertThat(again.digest()).isEqualTo(digest);
        assertThat(copy.digest()).isEqualTo(digest);
        assertThat(again.size()).isEqualTo(6);
    }

    @Test
    void aSnapshotIsOfOneMomentWhileWritesGoOn() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        copy.awaitLive(SOON);
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int round = 1; round <= 300 && !Thread.interrupted(); round++) {
                int visits = round;
                owner.putAll(List.of(new Profile("a", "n", "e", visits), new Profile("b", "n", "e", visits)));
            }
        });
        for (int i = 0; i < 200; i++) {
            var values = copy.snapshot().values();
            int a = values.containsKey("a") ? values.get("a").visits() : 0;
            int b = values.containsKey("b") ? values.get("b").visits() : 0;
            assertThat(a - b).as("a is written just before b").isBetween(0, 1);
        }
        join(writer);
    }

    @Test
    void aSlowConflatingListenerGetsTheLatestAndIsToldWhatWasSkipped() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        CountDownLatch release = new CountDownLatch(1);
        List<Change<String, Profile>> told = Collections.synchronizedList(new ArrayList<>());
        copy.listen(change -> {
            told.add(change);
            awaitUninterruptibly(release);
        });
        Receipt last = null;
        for (int i = 1; i <= 100; i++) {
            last = owner.put(new Profile("a", "n", "e", i));
        }
        copy.read("a", Objects.requireNonNull(last), SOON);
        release.countDown();

        await().atMost(SOON)
                .until(() -> !told.isEmpty()
                        && told.getLast() instanceof Change.Updated<String, Profile> update
                        && update.value().visits() == 100);
        assertThat(told.size()).isLessThan(100);
        assertThat(told.stream().mapToLong(change -> change.conflated() + 1).sum())
                .isEqualTo(100);
        assertThat(copy.statistics().conflated()).isEqualTo(100 - told.size());
    }

    @Test
    void aReadWithAReceiptAsksTheOwnerWhenTheCopyDoesNotGetThere() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Fairlead billing = open("billing");
        Copy<String, Billed> copy = billing.copy(BILLED);
        copy.awaitLive(SOON);
        CountDownLatch release = new CountDownLatch(1);
        copy.listen(change -> awaitUninterruptibly(release));
        owner.put(new Profile("1", "first", "e", 0));
        Receipt receipt = owner.put(new Profile("2", "second", "e", 0));

        Reading<Billed> reading = copy.read("2", receipt, Duration.ofMillis(10));
        release.countDown();

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Fresh.class, fresh -> assertThat(fresh.value()).isEqualTo(new Billed("2", "second")));
        assertThatThrownBy(() -> copy.read("1", receipt, SOON)).hasMessageContaining("receipt is of");
    }

    @Test
    void badValuesAreRefusedAndTheOwnerGoesOn() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);

        assertThatThrownBy(() -> owner.put(nameless())).hasMessageContaining("has no name");
        assertThatThrownBy(() -> owner.put(new Profile("", "n", "e", 0))).hasMessageContaining("key");
        assertThatThrownBy(() -> owner.put(new Profile("1", "n".repeat(2_000_000), "e", 0)))
                .hasMessageContaining("bytes");
        assertThat(owner.put(new Profile("1", "n", "e", 0)).version()).isEqualTo(1);
    }

    @Test
    void aHandleThatDoesNotFitStopsTheStart() {
        record Wrong(String customerId, String name, String email, long visits) {}

        assertThatThrownBy(() -> Opening.of("profile", plan)
                        .items(StateItem.of("profile.profile", String.class, Wrong.class))
                        .open())
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HANDLE_MISMATCH))
                .hasMessageContaining("profile.profile")
                .hasMessageContaining("visits: int32 in the plan, but long");
        assertThatThrownBy(() -> Opening.of("billing", plan)
                        .items(StateItem.of("profile.profile", Integer.class, Billed.class))
                        .open())
                .hasMessageContaining("the key customerId: string in the plan, but java.lang.Integer");
        assertThatThrownBy(() -> open("profile").own(StateItem.of("profile.profile", String.class, Billed.class)))
                .hasMessageContaining("email: string in the plan, but no component");
    }

    @Test
    void whatThePlanDoesNotAllowIsRefusedWithWhatIsKnown() {
        assertThatThrownBy(() -> open("profil")).hasMessageContaining("known: audit, billing, profile");
        assertThatThrownBy(() -> open("billing").own(BILLED)).hasMessageContaining("only profile may write it");
        assertThatThrownBy(() -> open("profile").copy(PROFILES)).hasMessageContaining("declares no need");
        assertThatThrownBy(() -> open("billing").copy(StateItem.of("profile.address", String.class, Billed.class)))
                .hasMessageContaining("no item profile.address");
        PlanFolder.write(folder, "audit.yaml", PlanFolder.AUDIT.replace("clearance: personal", "clearance: public"));
        assertThatThrownBy(() -> open("profile"))
                .hasMessageContaining("audit.yaml")
                .hasMessageContaining("clearance");
        PlanFolder.write(folder, "billing.yaml", "service: billing\nneds: 1\nneeds:\n  a.b: {}\n");
        assertThatThrownBy(() -> open("billing"))
                .hasMessageContaining("billing.yaml:2:1")
                .hasMessageContaining("billing.yaml:4:3");
    }

    @Test
    void afterCloseEverythingIsRefusedAndCloseMayComeTwice() {
        Fairlead service = open("profile");
        Owner<String, Profile> owner = service.own(PROFILES);
        service.close();
        service.close();

        assertThatThrownBy(() -> owner.put(new Profile("1", "n", "e", 0))).hasMessageContaining("closed");
        assertThatThrownBy(() -> service.own(PROFILES)).hasMessageContaining("closed");
    }

    private Fairlead open(String service) {
        Fairlead opened = Opening.of(service, plan).time(time).open();
        open.push(opened);
        return opened;
    }

    private Mechanism embedded() {
        return new EmbeddedProvider()
                .open(new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, time));
    }

    @SuppressWarnings("NullAway") // what a careless caller does
    private static Profile nameless() {
        return new Profile("1", null, "e", 0);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
