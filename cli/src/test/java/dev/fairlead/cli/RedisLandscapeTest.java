package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Durability;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Receipt;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example carried by Redis, for which only the landscape says another word, over a kill of the server. */
class RedisLandscapeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aLandscapeAloneBringsServicesToRedis(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("profile.yaml"), """
                service: profile
                clearance: personal
                shares:
                  profile:
                    kind: state
                    key: customerId
                    durability: D2
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
        try (ServerProcess server = RealServer.REDIS.start()) {
            Files.writeString(
                    folder.resolve("landscape.yaml"),
                    "mechanisms:\n  redis: { url: \"" + server.settings().get("url") + "\", timeout: 30s }\n");
            try (Fairlead billing = Fairlead.open("billing", folder, ReadmeExample.CUSTOMERS)) {
                Copy<String, ReadmeExample.Customer> customers = billing.copy(ReadmeExample.CUSTOMERS);
                read(customers, ReadmeExample.rename(folder, profile("Ada")), "Ada");
                server.kill();
                server.restart();
                read(customers, ReadmeExample.rename(folder, profile("Grace")), "Grace");
            }
        }
    }

    private static ReadmeExample.Profile profile(String name) {
        return new ReadmeExample.Profile("17850", name, "a@example.org", ReadmeExample.Status.active);
    }

    private static void read(Copy<String, ReadmeExample.Customer> customers, Receipt receipt, String name) {
        assertThat(receipt.durability()).isEqualTo(Durability.D2);
        assertThat(customers.read("17850", receipt, PATIENCE).toString()).contains(name);
    }
}
