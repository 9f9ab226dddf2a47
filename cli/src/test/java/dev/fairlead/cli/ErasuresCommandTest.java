package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Owner;
import dev.fairlead.api.StateItem;
import dev.fairlead.cli.ErasureExample.Bought;
import dev.fairlead.cli.ErasureExample.Profile;
import dev.fairlead.cli.ErasureExample.Sale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report on erasures, from the shell, while the services are stopped. */
@Timeout(120)
class ErasuresCommandTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path PAGE = Documents.root().resolve("docs/erasure.md");
    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);
    private static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);
    private static final FailurePolicy ONCE =
            new FailurePolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    @BeforeEach
    void writePlan() throws IOException {
        List<String> plans = Documents.blocks(PAGE, "yaml");
        for (int i = 0; i < plans.size(); i++) {
            Files.writeString(folder.resolve("service-" + i + ".yaml"), plans.get(i));
        }
        Files.writeString(
                folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { data: data, durability: D1 }\n");
    }

    /** Billing's copy is away, and its ledger cannot erase. */
    private void erase() {
        try (Fairlead profile = Fairlead.open("profile", folder, PROFILES);
                Fairlead checkout = Fairlead.open("checkout", folder, SALES);
                Fairlead billing = Fairlead.open("billing", folder, SALES)) {
            Owner<String, Profile> profiles = profile.own(PROFILES);
            Events<String, Sale> sales = checkout.events(SALES);
            Following<String, Sale> following = billing.events(SALES)
                    .follow("invoices", Handler.effect(bought -> {}), ONCE, key -> {
                        throw new IllegalStateException("no such\naccount");
                    });
            sales.append("17850", new Bought("85123A", "Ada"));
            profiles.put(new Profile("17850", "Ada"));
            profiles.erase("17850");
            sales.erase("17850");
            await().atMost(SOON)
                    .until(() ->
                            following.status().done().equals(following.status().end())
                                    && following.status().parked() == 1);
        }
    }

    private CommandRun run(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "erasures";
        arguments[1] = folder.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void theReportTellsWhoHasWhenAndWhoHasNot() {
        erase();
        CommandRun run = run();

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_VERDICT);
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).matches("item +key +asked +holder +acknowledged");
        assertThat(lines.get(1)).matches("checkout.sale +17850 +" + time + " +checkout/log +" + time);
        assertThat(lines.get(2)).matches(" +billing/invoices +failed: .*no such account");
        assertThat(lines.get(3)).matches("profile.profile +17850 +" + time + " +profile/log +" + time);
        assertThat(lines.get(4)).matches(" +billing/copy +no");
        assertThat(lines.get(6)).isEqualTo("2 erasures, 2 not acknowledged by every holder");
        assertThat(lines.get(4).indexOf("billing")).isEqualTo(lines.get(0).indexOf("holder"));
        assertThat(CommandRun.of("parked", folder.toString()).out()).contains("its erasure, version 2");
    }

    @Test
    void programsGetTheTimesToo() {
        erase();
        try (Fairlead billing = Fairlead.open("billing", folder, PROFILES, SALES)) {
            billing.copy(PROFILES).awaitLive(SOON);
            Following<String, Sale> following =
                    billing.events(SALES).follow("invoices", Handler.effect(bought -> {}), ONCE, key -> {});
            await().atMost(SOON).until(() -> following.status().parked() == 0);
        }
        CommandRun run = run("--data", folder.resolve("data").toString(), "--format", "json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FINE);
        JsonNode erasures = JsonMapper.shared().readTree(run.out()).path("erasures");
        assertThat(erasures).hasSize(2);
        for (JsonNode erasure : erasures) {
            Instant asked = Instant.parse(erasure.path("asked").asString());
            assertThat(erasure.path("key").asString()).isEqualTo("17850");
            assertThat(erasure.path("complete").asBoolean()).isTrue();
            assertThat(erasure.path("holders")).hasSize(2).allSatisfy(holder -> {
                assertThat(holder.path("done").asBoolean()).isTrue();
                assertThat(Instant.parse(holder.path("acknowledged").asString()))
                        .isAfterOrEqualTo(asked.minusMillis(1));
                assertThat(holder.has("failure")).isFalse();
            });
        }
    }

    @Test
    void nothingErasedIsFineAndAWrongFolderIsSaidSo() {
        assertThat(run().exitCode()).isEqualTo(ExitCode.FINE);
        assertThat(run().out()).isEqualTo("nothing was erased\n");
        CommandRun wrong = run("--data", folder.resolve("nowhere").toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(wrong.err()).contains("there is no data of the embedded mechanism in --data");
    }
}
