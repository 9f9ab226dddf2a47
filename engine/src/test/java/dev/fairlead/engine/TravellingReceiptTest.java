package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profile writes and asks billing to act on it; billing's copy is behind, and must not act on what was before. */
class TravellingReceiptTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    record Profile(String customerId, String name) {}

    record Charge(String customerId, String profile) {}

    record Charged(String name) {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);
    private static final RequestItem<Charge, Charged> CHARGE =
            RequestItem.of("billing.charge", Charge.class, Charged.class);

    @TempDir
    Path folder;

    @Test
    void aReadInAnotherServiceWaitsForWhatTheAskerWrote() {
        PlanFolder.write(folder, "profile.yaml", """
                service: profile
                shares:
                  profile: { kind: state, key: customerId, fields: { customerId: string, name: string } }
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
                """);
        PlanFolder.write(folder, "landscape.yaml", "mechanisms:\n  embedded: { data: data, durability: D1 }\n");
        MechanismOpening opening =
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM);
        try (FaultyMechanism behind =
                        FaultyMechanism.around(new EmbeddedProvider().open(opening), TimeSource.SYSTEM, 1);
                Fairlead profile = Opening.of("profile", folder).open();
                Fairlead billing =
                        Opening.of("billing", folder).mechanism(behind).open()) {
            Owner<String, Profile> owner = profile.own(PROFILES);
            Copy<String, Profile> copy = billing.copy(PROFILES);
            copy.read("17850", owner.put(new Profile("17850", "Ada")), SOON);
            ActiveFault slow = behind.onDelivery("profile.profile", DeliveryFault.delay(Duration.ofMillis(200)));
            billing.answer(
                    CHARGE,
                    (question, asked) -> new Charged(
                            name(copy.read(question.customerId(), Receipt.parse(question.profile()), asked.left()))));

            Receipt renamed = owner.put(new Profile("17850", "Ada Lovelace"));
            Charged charged = profile.ask(CHARGE, new Charge("17850", renamed.text()));

            assertThat(charged.name()).isEqualTo("Ada Lovelace");
            assertThat(slow.bites()).isPositive();
        }
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
