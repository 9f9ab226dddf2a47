package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.api.Telling;
import dev.fairlead.cli.ErasureExample.Bought;
import dev.fairlead.cli.ErasureExample.Charge;
import dev.fairlead.cli.ErasureExample.Profile;
import dev.fairlead.cli.ErasureExample.Sale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasurePageTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path PAGE = Documents.root().resolve("docs/erasure.md");
    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);
    private static final TellItem<Charge> CHARGE = TellItem.of("bank.charge", Charge.class);
    private static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);

    @Test
    void theCodeIsTheCodeThatIsCompiled() throws IOException {
        assertThat(Documents.blocks(PAGE, "java")).hasSize(4).isEqualTo(Documents.examples("ErasureExample"));
    }

    private static long erasedCards(Path folder) {
        try (Fairlead shop = Fairlead.open("shop", folder, CHARGE);
                Fairlead bank = Fairlead.open("bank", folder, CHARGE)) {
            shop.tell(CHARGE, new Charge("17850", "4111"), Telling.after(Duration.ofHours(1)));
            shop.tell(CHARGE, new Charge("12346", "4222"), Telling.after(Duration.ofHours(1)));
            return ErasureExample.forgetCards(bank.handle(CHARGE, (charge, told) -> {}), "17850");
        }
    }

    @Test
    void theCodeDoesWhatThePageSays(@TempDir Path folder) throws IOException {
        List<String> plans = Documents.blocks(PAGE, "yaml");
        for (int i = 0; i < plans.size(); i++) {
            Files.writeString(folder.resolve("service-" + i + ".yaml"), Documents.unhurried(plans.get(i)));
        }
        Files.writeString(
                folder.resolve("shop.yaml"), "service: shop\nneeds: { bank.charge: { why: cards are charged } }\n");
        Files.writeString(folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { data: data }\n");
        Map<String, String> ledger = new ConcurrentHashMap<>();
        try (Fairlead profile = Fairlead.open("profile", folder, PROFILES);
                Fairlead checkout = Fairlead.open("checkout", folder, SALES);
                Fairlead billing = Fairlead.open("billing", folder, PROFILES, SALES)) {
            Owner<String, Profile> profiles = profile.own(PROFILES);
            Events<String, Sale> sales = checkout.events(SALES);
            Copy<String, Profile> copy = billing.copy(PROFILES);
            ErasureExample.invoice(billing.events(SALES), ledger);
            sales.append("17850", new Bought("85123A", "Ada, 12 St James's Square"));
            await().atMost(SOON).until(() -> "1 sale".equals(ledger.get("17850")));
            Receipt put = profiles.put(new Profile("17850", "Ada"));
            copy.read("17850", put, SOON);
            copy.awaitLive(SOON);
            assertThat(ErasureExample.mayOrder(copy, "17850")).isTrue();
            copy.read("17850", ErasureExample.withdraw(profiles, new Profile("17850", "Ada")), SOON);
            assertThat(ErasureExample.mayOrder(copy, "17850")).isFalse();

            assertThat(erasedCards(folder)).isEqualTo(1);
            assertThat(ErasureExample.forget(profiles, sales, "17850")).isSubsetOf("billing/copy", "billing/invoices");

            await().atMost(SOON).until(() -> profiles.erasures().getFirst().complete());
            await().atMost(SOON).until(() -> sales.erasures().getFirst().complete());
            assertThat(ledger).containsExactly(Map.entry("17850", "sales to somebody"));
            assertThat(copy.read("17850")).isInstanceOf(Reading.Absent.class);
            assertThat(sales.read(sales.oldest(), 10).records()).isEmpty();
        }
    }
}
