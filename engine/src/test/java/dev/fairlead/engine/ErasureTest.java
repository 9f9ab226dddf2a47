package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.DataFiles;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Retiring and erasing keys of a state item. */
class ErasureTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NAME = "Ada-who-stands-nowhere-else";

    record Profile(String customerId, String name, String email, int visits) {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final SettableTime time = SettableTime.create();
    private Path plan;

    @BeforeEach
    void writePlan() {
        plan = PlanFolder.in(folder, "D1");
    }

    private Fairlead open(String service) {
        return services.open(service, plan, time);
    }

    private static Profile profile(String key, String name) {
        return new Profile(key, name, name + "@example.org", 1);
    }

    @Test
    void aRetiredKeyCanBeReadAndSaysSo() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        owner.put(profile("1", "Ada"));
        Receipt retired = owner.retire(profile("1", "Ada, until 1852"));

        assertThat(copy.read("1", retired, SOON)).isInstanceOfSatisfying(Reading.Fresh.class, fresh -> {
            assertThat(fresh.value()).isEqualTo(profile("1", "Ada, until 1852"));
            assertThat(fresh.mark().retired()).isTrue();
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));

        Receipt again = owner.put(profile("1", "Ada"));
        assertThat(copy.read("1", again, SOON))
                .isInstanceOfSatisfying(
                        Reading.Fresh.class,
                        fresh -> assertThat(fresh.mark().retired()).isFalse());
    }

    @Test
    void anErasedKeyIsGoneFromEveryCopyAndFromTheDisk() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Profile> audit = open("audit").copy(PROFILES);
        Copy<String, Profile> billing = open("billing").copy(PROFILES_OF_BILLING);
        owner.put(profile("17850", NAME));
        owner.put(profile("12346", "Grace"));
        Receipt last = owner.put(profile("17850", NAME + " again"));
        assertThat(audit.read("17850", last, SOON)).isInstanceOf(Reading.Fresh.class);
        assertThat(DataFiles.holding(folder, NAME)).isNotEmpty();

        Erasure erasure = owner.erase("17850");

        assertThat(erasure.key()).isEqualTo("17850");
        assertThat(DataFiles.holding(folder, NAME)).isEmpty();
        assertThat(DataFiles.holding(folder, "Grace")).isNotEmpty();
        await().atMost(SOON).until(() -> owner.erasures().getFirst().complete());
        assertThat(owner.erasures().getFirst().holders())
                .extracting(Erasure.Holder::name)
                .containsExactly("profile/log", "audit/copy", "billing/copy");
        assertThat(audit.read("17850")).isInstanceOf(Reading.Absent.class);
        assertThat(billing.read("17850")).isInstanceOf(Reading.Absent.class);
        assertThat(audit.read("12346")).isInstanceOf(Reading.Fresh.class);
        await().atMost(SOON).untilAsserted(() -> assertThat(audit.digest()).isEqualTo(owner.digest()));
        assertThat(owner.size()).isEqualTo(1);
        assertThat(owner.put(profile("17850", "Somebody")).version()).isEqualTo(4);
    }

    @Test
    void listenersAreToldThatItIsAnErasure() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        Queue<Change<String, Profile>> told = new ConcurrentLinkedQueue<>();
        copy.listen(told::add);
        Erasure erasure = owner.erase("17850");

        await().atMost(SOON).until(() -> !told.isEmpty());
        assertThat(told.peek()).isInstanceOfSatisfying(Change.Erased.class, erased -> {
            assertThat(erased.key()).isEqualTo("17850");
            assertThat(erased.mark().sequence()).isEqualTo(erasure.position().offset());
        });
    }

    @Test
    void aReaderThatIsDownIsMissingUntilItIsBack() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        open("audit").copy(PROFILES);
        owner.put(profile("17850", NAME));
        owner.erase("17850");
        await().atMost(SOON).until(() -> owner.erasures().getFirst().missing().equals(List.of("billing/copy")));
        assertThat(owner.erasures().getFirst().complete()).isFalse();

        open("billing").copy(PROFILES_OF_BILLING);
        await().atMost(SOON).until(() -> owner.erasures().getFirst().complete());
    }

    @Test
    void whatWasSaidOutlivesARestartOfAll() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        open("audit").copy(PROFILES);
        open("billing").copy(PROFILES_OF_BILLING);
        owner.put(profile("17850", NAME));
        owner.erase("17850");
        await().atMost(SOON).until(() -> owner.erasures().getFirst().complete());
        services.close();

        List<Erasure> after = open("profile").own(PROFILES).erasures();
        assertThat(after).hasSize(1);
        assertThat(after.getFirst().complete()).isTrue();
        assertThat(after.getFirst().key()).isEqualTo("17850");
    }

    @Test
    void aKeyThatWasNeverThereAndASecondErasureAreErasedLikeAny() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        owner.put(profile("12346", "Grace"));
        owner.erase("nobody");
        owner.erase("nobody");
        Erasure last = owner.erase("nobody");

        assertThat(owner.erasures()).extracting(Erasure::position).containsExactly(last.position());
        await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));
        assertThat(copy.statistics().damaged()).isZero();
        assertThat(copy.statistics().gaps()).isZero();
        assertThat(owner.put(profile("nobody", "x")).version()).isEqualTo(4);
    }

    @Test
    void aFencedOwnerErasesNothing() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        owner.put(profile("17850", NAME));
        Owner<String, Profile> successor = open("profile").own(PROFILES);

        assertThatThrownBy(() -> owner.erase("17850"))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(DataFiles.holding(folder, NAME)).isNotEmpty();
        assertThat(successor.erasures()).isEmpty();
        assertThat(successor.size()).isEqualTo(1);
    }

    @Test
    void anErasureThatStoppedBehindItsRecordIsFinishedByTheNextOwner() {
        open("profile").own(PROFILES).put(profile("17850", NAME));
        services.close();
        beginErasure("17850");
        assertThat(DataFiles.holding(folder, NAME)).isNotEmpty();

        Owner<String, Profile> owner = open("profile").own(PROFILES);

        assertThat(DataFiles.holding(folder, NAME)).isEmpty();
        assertThat(owner.erasures().getFirst().missing()).containsExactly("audit/copy", "billing/copy");
    }

    /** Writes the record of an erasure and nothing else, as an owner that is killed then. */
    private void beginErasure(String key) {
        MechanismOpening opening = new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, time);
        try (Mechanism mechanism = new EmbeddedProvider().open(opening)) {
            Log log = (Log) mechanism;
            LogWriter writer = log.claim(PROFILES.id(), "profile");
            Envelope envelope = new Envelope(
                    Envelope.Kind.ERASURE, 2, writer.epoch(), Instant.EPOCH, KeyHash.of(key.getBytes(UTF_8)), null, 0);
            byte[] header = new EnvelopeFormat(PROFILES.id()).pack(envelope, key.getBytes(UTF_8), new byte[0]);
            writer.append(0, List.of(new LogEntry(key.getBytes(UTF_8), header, new byte[0])))
                    .join();
        }
    }

    @Test
    void aCopyThatBeginsBehindAnErasureLoadsWithoutAGap() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        for (int i = 0; i < 50; i++) {
            owner.put(profile("k" + i % 5, "name " + i));
        }
        owner.erase("k1");
        owner.put(profile("k2", "later"));
        Copy<String, Profile> copy = open("audit").copy(PROFILES);
        copy.awaitLive(SOON);

        assertThat(copy.digest()).isEqualTo(owner.digest());
        assertThat(copy.statistics().gaps()).isZero();
        assertThat(copy.statistics().damaged()).isZero();
        assertThat(copy.snapshot().values().keySet()).containsExactlyInAnyOrder("k0", "k2", "k3", "k4");
    }

    @Test
    void aReaderThatComesAfterCompactionTookTheErasureIsDoneToo() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        owner.put(profile("17850", NAME));
        owner.erase("17850");
        owner.put(profile("17850", "Somebody"));
        MechanismOpening opening = new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, time);
        try (EmbeddedMechanism mechanism = EmbeddedMechanism.open(opening)) {
            mechanism.applyRetention();
        }
        open("audit").copy(PROFILES);
        open("billing").copy(PROFILES_OF_BILLING);

        await().atMost(SOON).until(() -> owner.erasures().getFirst().complete());
    }

    @Test
    void noRecordOfTheLogHoldsItAnyMore() {
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        owner.put(profile("17850", NAME));
        owner.put(profile("12346", "Grace"));
        owner.erase("17850");
        services.close();
        MechanismOpening opening = new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, time);
        try (Mechanism mechanism = new EmbeddedProvider().open(opening);
                LogReader reader = ((Log) mechanism).read(PROFILES.id(), 0, 0)) {
            List<LogRecord> records = reader.poll(10, SOON).records();
            assertThat(records).extracting(LogRecord::isErased).containsExactly(true, false, false);
        }
    }

    record Billed(String customerId, String name) {}

    @SuppressWarnings("unchecked") // the test only asks whether there is a value
    private static final StateItem<String, Profile> PROFILES_OF_BILLING = (StateItem<String, Profile>)
            (StateItem<String, ?>) StateItem.of("profile.profile", String.class, Billed.class);
}
