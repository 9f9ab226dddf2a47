package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Durability;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example carried by a database, for which only the landscape says another word. */
class SqlLandscapeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aLandscapeAloneBringsServicesToADatabase(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("profile.yaml"), """
                service: profile
                clearance: personal
                shares:
                  profile:
                    kind: state
                    key: customerId
                    durability: D1
                    fields:
                      customerId: string
                      name: string
                      email: { type: string, class: personal }
                      status: enum(active, suspended)
                """);
        Files.writeString(folder.resolve("billing.yaml"), """
                service: billing
                needs:
                  profile.profile:
                    uses: [ customerId, name ]
                    within: 60s
                    why: invoices carry the customer's name
                """);
        Files.writeString(
                folder.resolve("landscape.yaml"), "mechanisms:\n  sql: { prefix: shop_, timeout: 30s, poll: 200ms }\n");

        try (Fairlead billing = Fairlead.open("billing", folder, ReadmeExample.CUSTOMERS)) {
            Receipt receipt = ReadmeExample.rename(
                    folder, new ReadmeExample.Profile("17850", "Ada", "ada@example.org", ReadmeExample.Status.active));
            Copy<String, ReadmeExample.Customer> customers = billing.copy(ReadmeExample.CUSTOMERS);

            assertThat(customers.read("17850", receipt, PATIENCE).toString()).contains("Ada");
            assertThat(receipt.durability()).isEqualTo(Durability.D1);
        }
        assertThat(folder.resolve("fairlead-sql.mv.db")).exists();
    }
}
