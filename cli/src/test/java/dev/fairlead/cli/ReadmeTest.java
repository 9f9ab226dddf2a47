package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
    private static final Path README = Documents.root().resolve("README.md");

    @Test
    void theTableOfMechanismsIsWhatTheCodeDeclares() throws IOException {
        assertThat(between(Files.readString(README), "<!-- mechanisms -->\n", "<!-- /mechanisms -->"))
                .isEqualTo(MechanismTable.markdown());
    }

    @Test
    void theCodeIsTheCodeThatIsCompiled() throws IOException {
        String compiled = between(
                Files.readString(Documents.root().resolve("cli/src/test/java/dev/fairlead/cli/ReadmeExample.java")),
                "    // README begins\n",
                "    // README ends");
        String shown = between(Files.readString(README), "```java\n", "```");

        assertThat(shown).isEqualTo(compiled.replaceAll("(?m)^ {4}", ""));
    }

    @Test
    void theCodeDoesWhatTheReadmeSays(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("profile.yaml"), """
                service: profile
                clearance: personal
                shares:
                  profile:
                    kind: state
                    key: customerId
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
                folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { data: data, durability: D1 }\n");

        try (Fairlead billing = Fairlead.open("billing", folder, ReadmeExample.CUSTOMERS);
                Fairlead owner = Fairlead.open("profile", folder, ReadmeExample.PROFILES)) {
            Copy<String, ReadmeExample.Customer> customers = billing.copy(ReadmeExample.CUSTOMERS);
            ReadmeExample.Profile ada =
                    new ReadmeExample.Profile("17850", "Ada", "ada@example.org", ReadmeExample.Status.active);
            Receipt receipt = ReadmeExample.rename(folder, ada);
            owner.own(ReadmeExample.PROFILES);
            customers.read("17850", receipt, Duration.ofSeconds(10));
            customers.awaitLive(Duration.ofSeconds(10));

            assertThat(ReadmeExample.invoiceName(customers, "17850")).isEqualTo("Ada");
            assertThatThrownBy(() -> ReadmeExample.invoiceName(customers, "1")).hasMessage("no customer 1");
        }
    }

    @Test
    void itStaysShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThan(150);
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<String> links = Documents.links(README);

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Documents.root().resolve(link)).exists());
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        assertThat(text).contains(begin).contains(end);
        return text.substring(from, text.indexOf(end, from));
    }
}
