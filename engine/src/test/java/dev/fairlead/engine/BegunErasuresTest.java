package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.Events;
import dev.fairlead.api.Owner;
import dev.fairlead.engine.ErasingChild.Profile;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.DataFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several erasures that an owner began and did not finish, or only some of them: the next owner finishes all. */
class BegunErasuresTest {
    private static final List<String> KEYS = List.of("first", "second", "third", "fourth");

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private static String marker(String key) {
        return "what-stands-nowhere-but-under-" + key;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void allKeysOfStateAreGone(int finished) {
        PlanFolder.in(folder, "D1");
        Owner<String, Profile> before = services.open("profile", folder).own(ErasingChild.PROFILES);
        KEYS.forEach(key -> before.put(new Profile(key, marker(key), "e", 1)));
        services.close();
        EnvelopeFormat format = new EnvelopeFormat(ErasingChild.PROFILES.id());
        begin(ErasingChild.PROFILES.id(), "profile", finished, (key, epoch) -> {
            Envelope envelope = new Envelope(
                    Envelope.Kind.ERASURE, 2, epoch, Instant.EPOCH, KeyHash.of(key.getBytes(UTF_8)), null, 0);
            return format.pack(envelope, key.getBytes(UTF_8), new byte[0]);
        });

        Owner<String, Profile> owner = services.open("profile", folder).own(ErasingChild.PROFILES);

        assertAllAreFinished("profile/log", owner.erasures());
        assertThat(owner.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void allKeysOfEventsAreGone(int finished) {
        SalePlan.in(folder, "D1");
        Events<String, Sale> before = services.open("checkout", folder).events(SalePlan.SALES);
        KEYS.forEach(key -> before.append(key, new ItemAdded(marker(key), 1)));
        services.close();
        EventFormat format = new EventFormat(SalePlan.SALES.id());
        begin(SalePlan.SALES.id(), "checkout", finished, (key, epoch) -> {
            EventEnvelope envelope =
                    new EventEnvelope(EventEnvelope.ERASURE, 2, epoch, Instant.EPOCH, Origins.ofWork(), null);
            return format.pack(envelope, key.getBytes(UTF_8), new byte[0]);
        });

        Events<String, Sale> sales = services.open("checkout", folder).events(SalePlan.SALES);
        sales.append("another", new ItemAdded("kept", 1));

        assertAllAreFinished("checkout/log", sales.erasures());
        assertThat(sales.read(sales.oldest(), 100).records()).hasSize(1);
    }

    private interface Header {
        byte[] of(String key, long epoch);
    }

    /** Writes the records of the erasures, and takes the content of some out of the log, as an owner that is killed then. */
    private void begin(String item, String owner, int finished, Header header) {
        for (String key : KEYS) {
            assertThat(DataFiles.holding(folder.resolve("data"), marker(key))).isNotEmpty();
        }
        MechanismOpening opening =
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM);
        try (EmbeddedMechanism logs = EmbeddedMechanism.open(opening);
                LogWriter writer = logs.claim(item, owner)) {
            List<Long> begun = KEYS.stream()
                    .map(key -> writer.append(
                                    0,
                                    List.of(new LogEntry(
                                            key.getBytes(UTF_8), header.of(key, writer.epoch()), new byte[0])))
                            .join()
                            .first()
                            .offset())
                    .toList();
            for (int i = 0; i < finished; i++) {
                writer.erase(0, KEYS.get(i).getBytes(UTF_8), begun.get(i));
                ErasureNote.of(logs, item, owner, "log").write(begun.get(i) + 1);
            }
        }
    }

    private void assertAllAreFinished(String log, List<Erasure> erasures) {
        for (String key : KEYS) {
            assertThat(DataFiles.holding(folder.resolve("data"), marker(key)))
                    .as("files with what the erasure of %s was to take", key)
                    .isEmpty();
        }
        assertThat(erasures).extracting(Erasure::key).containsExactlyElementsOf(KEYS);
        assertThat(erasures).allSatisfy(erasure -> assertThat(erasure.missing()).doesNotContain(log));
    }
}
