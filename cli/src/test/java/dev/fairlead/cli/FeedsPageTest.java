package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.cli.FeedsExample.Debtor;
import dev.fairlead.cli.FeedsExample.Profile;
import dev.fairlead.testbed.TestLandscape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class FeedsPageTest {
    private static final Path PAGE = Documents.root().resolve("docs/feeds.md");
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Profile ADA = new Profile("17850", "Ada", "ada@example.org", "United Kingdom");

    @Test
    void theCodeIsTheCodeThatIsCompiled() throws IOException {
        assertThat(Documents.blocks(PAGE, "java")).hasSize(4).isEqualTo(Documents.examples("FeedsExample"));
    }

    @Test
    void theCodeDoesWhatThePageSays() throws IOException {
        Queue<String> moves = new ConcurrentLinkedQueue<>();
        try (TestLandscape landscape =
                TestLandscape.of(Documents.blocks(PAGE, "yaml").toArray(String[]::new))) {
            Copy<String, Debtor> debtors = landscape.open("billing").copy(FeedsExample.DEBTORS);
            FeedsExample.noteMoves(debtors, (id, country) -> moves.add(id + " " + country));
            Owner<String, Profile> profiles = landscape.open("profile").own(FeedsExample.PROFILES);
            profiles.put(ADA);
            landscape.awaitQuiet(SOON);
            assertThat(FeedsExample.addressOf(debtors, "17850")).isEqualTo("Ada, United Kingdom");
            assertThat(FeedsExample.addressOf(debtors, "1")).isEqualTo("unknown");

            Receipt moved = FeedsExample.move(profiles, ADA, "France");
            assertThat(FeedsExample.countryAfter(debtors, "17850", moved)).isEqualTo("France");
            assertThat(FeedsExample.moveUnlessChanged(profiles, ADA, 1, "Spain"))
                    .isFalse();
            assertThat(FeedsExample.moveUnlessChanged(profiles, ADA, 2, "Spain"))
                    .isTrue();
            profiles.remove("17850");
            profiles.put(ADA);
            landscape.awaitQuiet(SOON);
            assertThat(moves)
                    .containsExactly(
                            "17850 United Kingdom",
                            "17850 France",
                            "17850 Spain",
                            "17850 none",
                            "17850 United Kingdom");
            assertThat(debtors.digest().entries()).isEqualTo(profiles.digest().entries());

            landscape.close("profile");
            landscape.advance(Duration.ofSeconds(6));
            assertThat(FeedsExample.addressOf(debtors, "17850")).isEqualTo("Ada, United Kingdom, as of 6 s ago");
            assertThat(FeedsExample.addressOf(debtors, "1")).isEqualTo("not known yet: STALE");
            assertThatThrownBy(() -> debtors.get("17850")).hasMessageContaining("refuses older values");
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        assertThat(Documents.links(PAGE))
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(PAGE.resolveSibling(link).normalize()).exists());
    }
}
