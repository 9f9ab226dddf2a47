package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Copy;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.testbed.TestLandscape;
import dev.fairlead.testkit.faults.DeliveryFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** The code that docs/testing.md shows; {@link TestingPageTest} holds the two together and runs it. */
final class TestingExample {
    static final StateItem<String, Profile> PROFILES = StateItem.of("profile.profile", String.class, Profile.class);
    static final EventItem<String, Invoice> INVOICES = EventItem.of("billing.invoice", String.class, Invoice.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestingExample() {}

    record Profile(String customerId, String card) {}

    sealed interface Invoice {}

    record Charged(String card) implements Invoice {}

    // rule begins
    static void charge(Copy<String, Profile> profiles, Events<String, Invoice> invoices, String customerId) {
        if (profiles.get(customerId) instanceof Reading.Fresh<Profile> known) {
            invoices.append(customerId, new Charged(known.value().card()));
        }
    }
    // rule ends

    // test begins
    static void refusesToChargeOnAnOldProfile(Path plan) {
        try (TestLandscape landscape = TestLandscape.of(plan)) {
            landscape.open("profile").own(PROFILES).put(new Profile("c1", "4111"));
            Fairlead billing = landscape.open("billing");
            Copy<String, Profile> profiles = billing.copy(PROFILES);
            Events<String, Invoice> invoices = billing.events(INVOICES);
            landscape.awaitQuiet(PATIENCE);

            landscape.close("profile");
            landscape.advance(Duration.ofSeconds(5));
            charge(profiles, invoices, "c1");
            landscape.advance(Duration.ofMillis(1));

            assertThatThrownBy(() -> charge(profiles, invoices, "c1")).hasMessageContaining("refuses older values");
            assertThat(invoices.history("c1", invoices.oldest(), 10).records()).hasSize(1);
        }
    }
    // test ends

    // attempts begins
    static void keepsAChargeAtTheSecondAttempt(TestLandscape landscape, Consumer<String> archive) {
        landscape
                .open("audit")
                .events(INVOICES)
                .follow("keep", Handler.effect(charged -> archive.accept(charged.key())));
        landscape.open("billing").events(INVOICES).append("c1", new Charged("4111"));

        assertThat(landscape.awaitQuiet(PATIENCE)).singleElement().asString().contains("next attempt");
        landscape.advance(Duration.ofMinutes(1));
        assertThat(landscape.awaitQuiet(PATIENCE)).isEmpty();
    }
    // attempts ends

    // faults begins
    static Copy<String, Profile> losesARecordAndGetsItAgain(TestLandscape landscape) {
        landscape
                .faults("billing")
                .onDelivery("profile.profile", DeliveryFault.drop().at(0));
        Copy<String, Profile> profiles = landscape.open("billing").copy(PROFILES);
        Owner<String, Profile> owner = landscape.open("profile").own(PROFILES);
        owner.put(new Profile("c1", "4111"));
        owner.put(new Profile("c2", "5500"));

        assertThat(landscape.awaitQuiet(PATIENCE)).isEmpty();
        assertThat(profiles.snapshot().values()).containsOnlyKeys("c1", "c2");
        return profiles;
    }
    // faults ends
}
