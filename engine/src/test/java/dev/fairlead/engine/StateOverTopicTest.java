package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.CopyWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners and copies over a mechanism that has topics and questions, and no logs. */
class StateOverTopicTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String ITEM = "profile.profile";
    private static final int KEYS = 40;

    record Profile(String customerId, String name, String email, int visits) {}

    record Named(String customerId, String name) {}

    private static final StateItem<String, Profile> PROFILES = StateItem.of(ITEM, String.class, Profile.class);
    private static final StateItem<String, Named> NAMES = StateItem.of(ITEM, String.class, Named.class);

    @TempDir
    Path folder;

    private final TopicBroker broker = new TopicBroker(TimeSource.SYSTEM);
    private final Deque<AutoCloseable> open = new ArrayDeque<>(List.of(broker));

    @BeforeEach
    void writePlan() {
        PlanFolder.in(folder, "D1");
        // Nothing about persons: that is not copied where it cannot be erased.
        PlanFolder.write(
                folder, "profile.yaml", PlanFolder.PROFILE.replace("{ type: string, class: personal }", "string"));
        landscape("data");
    }

    private void landscape(String data) {
        PlanFolder.write(
                folder,
                "landscape.yaml",
                "mechanisms:\n  activemq: { url: x }\n  embedded: { data: " + data
                        + ", durability: D1, carries: [ event ] }\n");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Fairlead open(String service) {
        Mechanism carrier = broker.open();
        Fairlead opened = Opening.of(service, folder).mechanism(carrier).open();
        open.push(carrier);
        open.push(opened);
        return opened;
    }

    private static Profile profile(String key, String name) {
        return new Profile(key, name, "e", 1);
    }

    private static void awaitHealth(Copy<String, Profile> copy, HealthState state) {
        await().atMost(SOON).until(() -> copy.health().state() == state);
    }

    @Test
    void aCopyIsWhatItsOwnerWroteWhateverTheTopicDoesAndWhoeverStartsAgain() {
        UnreliableDelivery delivery = new UnreliableDelivery(11);
        broker.topics().deliver(delivery);
        Random random = new Random(5);
        try (CopyWorkload<Profile> workload = new CopyWorkload<>(
                folder.resolve("history"),
                (key, version) -> profile(key, "v" + version),
                value -> Long.parseLong(value.name().substring(1)))) {
            Copy<String, Profile> copy = open("audit").copy(PROFILES);
            workload.watch(2, copy);
            for (int round = 0; round < 4; round++) {
                Fairlead profile = open("profile");
                Owner<String, Profile> owner = profile.own(PROFILES);
                Fairlead billing = open("billing");
                Copy<String, Named> other = billing.copy(NAMES);
                for (int i = 0; i < 500; i++) {
                    workload.put(owner, random.nextInt(KEYS));
                }
                await().atMost(SOON).until(() -> copy.digest().equals(owner.digest()));
                await().atMost(SOON).until(() -> other.digest().equals(owner.digest()));
                awaitHealth(copy, HealthState.LIVE);
                profile.close();
                billing.close();
            }
            workload.holds(2, copy);
            Verdict verdict = workload.judge();

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).contains(Rule.A13);
            assertThat(verdict.valid(2000, 0)).isTrue();
        }
        assertThat(List.of(delivery.lost(), delivery.doubled(), delivery.late()))
                .allMatch(count -> count > 10);
    }

    @Test
    void aLostChangeIsAGapInItsKeyUntilTheOwnerAnswers() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        owner.put(profile("a", "1"));
        owner.put(profile("b", "1"));
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        copy.awaitLive(SOON);
        await().atMost(SOON).until(() -> broker.topics().subscriptions(ITEM) == 1);
        broker.silence();
        AtomicBoolean gone = broker.lose("lost on its way");
        Receipt lost = owner.put(profile("a", "lost on its way"));
        await().atMost(SOON).untilTrue(gone);
        Receipt next = owner.put(profile("b", "2"));

        awaitHealth(copy, HealthState.GAP);
        assertThat(copy.health().gaps()).containsExactly("a");
        assertThat(copy.read("b", next, SOON)).isInstanceOf(Reading.Fresh.class);
        assertThat(copy.read("a")).isInstanceOf(Reading.Stale.class);
        broker.speak();
        assertThat(copy.read("a", lost, SOON)).isInstanceOf(Reading.Fresh.class);
        awaitHealth(copy, HealthState.LIVE);
        assertThat(copy.digest()).isEqualTo(owner.digest());
    }

    @Test
    void aCopyWaitsForAnOwnerThatIsDown() {
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        assertThatThrownBy(() -> copy.awaitLive(Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE));
        assertThat(copy.health().state()).isEqualTo(HealthState.LOADING);
        assertThat(copy.read("a")).isInstanceOf(Reading.Unready.class);
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Receipt first = owner.put(profile("a", "1"));

        copy.awaitLive(SOON);
        assertThat(copy.read("a", first, SOON)).isInstanceOf(Reading.Fresh.class);
    }

    @Test
    void aLargeStateIsLoadedInPages() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        CompletableFuture<Receipt> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 2000; i++) {
            last = owner.putAsync(profile("k" + i, "x".repeat(2000)));
        }
        last.join();
        owner.put(profile("large", "y".repeat(900_000)));
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        copy.awaitLive(SOON);

        assertThat(copy.digest()).isEqualTo(owner.digest());
        assertThat(copy.snapshot().values()).hasSize(2001);
        assertThat(copy.snapshot().values()).containsEntry("large", profile("large", "y".repeat(900_000)));
    }

    @Test
    void aReplacedOwnerIsFencedAndItsSuccessorIsHeard() {
        Owner<String, Profile> first = open("profile").own(PROFILES);
        first.put(profile("a", "1"));
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        copy.awaitLive(SOON);
        Owner<String, Profile> second = open("profile").own(PROFILES);
        Receipt written = second.put(profile("a", "2"));

        assertThatThrownBy(() -> first.put(profile("a", "late")))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(copy.read("a", written, SOON)).isInstanceOf(Reading.Fresh.class);
        assertThat(copy.snapshot().values()).containsValue(profile("a", "2")).hasSize(1);
        awaitHealth(copy, HealthState.LIVE);
    }

    @Test
    void whereTheOwnerLostItsStoreTheCopyIsNotFreshUntilItsServiceStartsAgain() {
        Fairlead profile = open("profile");
        profile.own(PROFILES).put(profile("a", "1"));
        Fairlead audit = open("audit");
        Copy<String, Profile> copy = audit.copy(PROFILES);
        copy.awaitLive(SOON);
        profile.close();
        landscape("elsewhere");
        Owner<String, Profile> other = open("profile").own(PROFILES);
        other.put(profile("a", "another"));

        await().atMost(SOON).until(() -> copy.health().state() == HealthState.STALE);
        assertThat(copy.snapshot().values()).containsOnly(Map.entry("a", profile("a", "1")));
        Copy<String, Profile> anew = open("audit").copy(PROFILES);
        anew.awaitLive(SOON);
        assertThat(anew.digest()).isEqualTo(other.digest());
    }

    @Test
    void singleKeysAreLookedUpAtTheOwner() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        owner.put(profile("a", "1"));
        Lookup<String, Profile> lookup = open("audit").lookup(PROFILES);

        assertThat(lookup.read("a"))
                .isInstanceOfSatisfying(
                        Reading.Fresh.class, fresh -> assertThat(fresh.value()).isEqualTo(profile("a", "1")));
        assertThat(lookup.read("b")).isInstanceOf(Reading.Absent.class);
    }

    @Test
    void whatATopicCannotDoIsRefused() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        owner.put(profile("a", "1"));

        assertThatThrownBy(() -> owner.erase("a"))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CAPABILITY));
    }

    @Test
    void anOwnerWithoutAStoreIsToldWhatToOffer() {
        PlanFolder.write(folder, "landscape.yaml", "mechanisms:\n  activemq: { url: x }\n");
        PlanFolder.write(folder, "billing.yaml", "service: billing\n");
        PlanFolder.write(folder, "audit.yaml", "service: audit\n");
        Fairlead profile = open("profile");

        assertThatThrownBy(() -> profile.own(PROFILES))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PLAN))
                .hasMessageContaining(ITEM)
                .hasMessageContaining("embedded: {");
    }
}
