package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Position;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.StateItem;
import dev.fairlead.mechanisms.embedded.EmbeddedProvider;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.ActiveFault;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profile writes and asks billing to act on it; billing's copy is behind, and must not act on what was before. */
@SuppressWarnings("NullAway.Init") // Each test opens them.
class TravellingReceiptTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    record Profile(String customerId, String name) {}

    record Charge(String customerId, String profile) {}

    record Charged(String name) {}

    sealed interface Renaming {}

    record Renamed(String profile) implements Renaming {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);
    private static final EventItem<String, Renaming> RENAMINGS =
            EventItem.of("profile.renaming", String.class, Renaming.class);
    private static final RequestItem<Charge, Charged> CHARGE =
            RequestItem.of("billing.charge", Charge.class, Charged.class);

    @TempDir
    Path folder;

    private FaultyMechanism behind;
    private Fairlead profile;
    private Fairlead billing;
    private Owner<String, Profile> owner;
    private Copy<String, Profile> copy;
    private ActiveFault slow;

    @BeforeEach
    void open() {
        PlanFolder.write(folder, "profile.yaml", """
                service: profile
                shares:
                  profile: { kind: state, key: customerId, fields: { customerId: string, name: string } }
                  renaming: { kind: event, key: customerId, events: { Renamed: { profile: string } } }
                needs:
                  billing.charge: { why: who is new pays at once }
                """);
        PlanFolder.write(folder, "billing.yaml", """
                service: billing
                shares:
                  charge:
                    kind: request
                    question: { customerId: string, profile: string }
                    answer: { name: string }
                    deadline: 20s
                needs:
                  profile.profile: { why: invoices carry the name, within: 60s }
                  profile.renaming: { why: who takes another name gets a new invoice }
                """);
        PlanFolder.write(folder, "landscape.yaml", "mechanisms:\n  embedded: { data: data, durability: D1 }\n");
        MechanismOpening opening =
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM);
        behind = FaultyMechanism.around(new EmbeddedProvider().open(opening), TimeSource.SYSTEM, 1);
        profile = Opening.of("profile", folder).open();
        billing = Opening.of("billing", folder).mechanism(behind).open();
        owner = profile.own(PROFILES);
        copy = billing.copy(PROFILES);
        copy.read("17850", owner.put(new Profile("17850", "Ada")), SOON);
        slow = behind.onDelivery("profile.profile", DeliveryFault.delay(Duration.ofMillis(200)));
    }

    @AfterEach
    void close() {
        billing.close();
        profile.close();
        behind.close();
    }

    @Test
    void aReadInAnotherServiceWaitsForWhatTheAskerWrote() {
        billing.answer(
                CHARGE,
                (question, asked) -> new Charged(
                        name(copy.read(question.customerId(), Receipt.parse(question.profile()), asked.left()))));

        Receipt renamed = owner.put(new Profile("17850", "Ada Lovelace"));
        Charged charged = profile.ask(CHARGE, new Charge("17850", renamed.text()));

        assertThat(charged.name()).isEqualTo("Ada Lovelace");
        assertThat(slow.bites()).isPositive();
    }

    @Test
    void aReadInAFollowerWaitsForWhatTheEventSpeaksOf() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        billing.events(RENAMINGS).follow("invoices", Handler.projection(happened -> {
            if (happened.event() instanceof Renamed(String written)) {
                seen.add(name(copy.read(happened.key(), Receipt.parse(written), SOON)));
            }
        }));

        Receipt renamed = owner.put(new Profile("17850", "Ada Lovelace"));
        profile.events(RENAMINGS).append("17850", new Renamed(renamed.text()));

        await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly("Ada Lovelace"));
        assertThat(slow.bites()).isPositive();
    }

    private static String name(Reading<Profile> reading) {
        return reading instanceof Reading.Fresh<Profile> fresh ? fresh.value().name() : "nobody";
    }

    @ParameterizedTest
    @ValueSource(strings = {"17850", "", "v3 D2 x", "a key with spaces\nand lines", "Ünïcode 键"})
    void theTextComesBackWhateverTheKey(String key) {
        Receipt receipt = new Receipt("profile.profile", key, 12, new Position(3, Long.MAX_VALUE / 10), Durability.D2);

        assertThat(Receipt.parse(receipt.text())).isEqualTo(receipt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "profile.profile",
                "profile.profile@0:17 v0 D2 17850",
                "profile.profile@-1:17 v1 D2 17850",
                "profile.profile@0:17 v1 D9 17850",
                "Profile@0:17 v1 D2 17850",
                "profile.profile@0:99999999999999999999 v1 D2 17850"
            })
    void whatIsNoReceiptIsRefused(String text) {
        assertThatThrownBy(() -> Receipt.parse(text))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_VALUE))
                .hasMessageStartingWith("not a receipt");
    }
}
