package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Answering;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handling;
import dev.fairlead.api.StateItem;
import dev.fairlead.cli.RequestsExample.Profile;
import dev.fairlead.cli.RequestsExample.QuoteQuestion;
import dev.fairlead.cli.RequestsExample.SubmitCard;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsPageTest {
    private static final Path PAGE = Documents.root().resolve("docs/requests.md");
    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("shop.profile", String.class, Profile.class);

    @Test
    void theCodeIsTheCodeThatIsCompiled() throws IOException {
        assertThat(Documents.blocks(PAGE, "java")).hasSize(4).isEqualTo(Documents.examples("RequestsExample"));
    }

    @Test
    void theCodeDoesWhatThePageSays(@TempDir Path folder) throws IOException {
        write(folder);

        try (Fairlead shop = Fairlead.open("shop", folder, RequestsExample.QUOTES, PROFILES);
                Fairlead till = Fairlead.open("till", folder, RequestsExample.AMOUNTS, PROFILES)) {
            try (Answering answering = RequestsExample.answerQuotes(shop)) {
                assertThat(RequestsExample.price(till, new QuoteQuestion("85123A", 6)))
                        .isEqualTo("15.00");
                assertThat(RequestsExample.price(till, new QuoteQuestion("85123A", 101)))
                        .isEqualTo("too-many");
                assertThat(answering.statistics().answered()).isEqualTo(1);
            }
            assertThat(RequestsExample.price(till, new QuoteQuestion("85123A", 6)))
                    .as("kept")
                    .isEqualTo("15.00");
            assertThat(RequestsExample.price(till, new QuoteQuestion("85123A", 7)))
                    .isEqualTo("not now");
            shop.own(PROFILES).put(new Profile("17850", "Ada"));
            Copy<String, Profile> copy = till.copy(PROFILES);
            copy.awaitLive(Duration.ofSeconds(10));
            assertThat(RequestsExample.nameOf(till.lookup(PROFILES), "17850")).isEqualTo("Ada");
            assertThat(RequestsExample.nameOf(copy, "17850")).isEqualTo("Ada");
            assertThat(RequestsExample.nameOf(copy, "1")).isEqualTo("nobody");
        }
    }

    @Test
    void whatTheNeedNamesIsFoundAtTheOwnerWhereTheMechanismCan(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), """
                service: shop
                shares:
                  profile: { kind: state, key: customerId, fields: { customerId: string, name: string } }
                """);
        Files.writeString(folder.resolve("till.yaml"), """
                service: till
                needs:
                  shop.profile: { by: [ name ], within: 0s, why: whoever comes without a card says a name }
                """);
        Files.writeString(
                folder.resolve("landscape.yaml"),
                "mechanisms:\n  sql: { url: \"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1\" }\n");
        try (Fairlead shop = Fairlead.open("shop", folder, PROFILES);
                Fairlead till = Fairlead.open("till", folder, PROFILES)) {
            shop.own(PROFILES)
                    .putAll(List.of(new Profile("2", "Ada"), new Profile("1", "Ada"), new Profile("3", "Grace")));

            assertThat(RequestsExample.allNamed(till.lookup(PROFILES), "Ada"))
                    .containsExactly(new Profile("1", "Ada"), new Profile("2", "Ada"));
        }
    }

    @Test
    void whatIsToldIsHandledTriedAgainAndSetAsideAsThePageSays(@TempDir Path folder) throws IOException {
        write(folder);
        AtomicReference<String> trouble = new AtomicReference<>("");
        Map<UUID, String> charged = new ConcurrentHashMap<>();
        RequestsExample.Cards cards = (key, saleId, amount) -> {
            if (saleId.equals("s3")) {
                throw new IllegalStateException("expired");
            }
            if (!trouble.get().isEmpty()) {
                throw new IllegalStateException(trouble.get());
            }
            charged.put(key, saleId);
        };
        try (Fairlead shop = Fairlead.open("shop", folder, RequestsExample.SUBMIT_CARD);
                Fairlead till = Fairlead.open("till", folder, RequestsExample.SUBMIT_CARD);
                Handling<SubmitCard> handling = RequestsExample.chargeCards(shop, cards)) {
            UUID first = RequestsExample.pay(till, new SubmitCard("s1", BigDecimal.ONE))
                    .key();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(charged).isEqualTo(Map.of(first, "s1")));

            trouble.set("the bank is closed");
            RequestsExample.pay(till, new SubmitCard("s2", BigDecimal.ONE));
            RequestsExample.pay(till, new SubmitCard("s3", BigDecimal.ONE));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(handling.statistics().dead()).isEqualTo(2));
            trouble.set("");

            assertThat(RequestsExample.sendAgain(handling)).isEqualTo(1);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(charged.values()).containsExactlyInAnyOrder("s1", "s2"));
            RequestsExample.payTomorrow(till, new SubmitCard("s4", BigDecimal.ONE));
            assertThat(handling.statistics().later()).isEqualTo(1);
            assertThat(handling.statistics().dead()).isZero();
        }
    }

    private static void write(Path folder) throws IOException {
        List<String> plans = Documents.blocks(PAGE, "yaml");
        Files.writeString(folder.resolve("shop.yaml"), Documents.unhurried(plans.get(0)));
        Files.writeString(folder.resolve("till.yaml"), Documents.unhurried(plans.get(1)));
        Files.writeString(folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { durability: D0 }\n");
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        assertThat(Documents.links(PAGE))
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(PAGE.resolveSibling(link).normalize()).exists());
    }
}
