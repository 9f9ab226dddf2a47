package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.node.Node;
import dev.fairlead.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A landscape alone brings services to a node. */
class HttpLandscapeTest {
    private static final StateItem<String, Price> PRICES = StateItem.of("shop.price", String.class, Price.class);

    @TempDir
    private Path folder;

    record Price(String sku, long cents) {}

    @BeforeEach
    void plan() throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), """
                service: shop
                shares:
                  price:
                    kind: state
                    key: sku
                    fields: { sku: string, cents: int64 }
                """);
        Files.writeString(folder.resolve("till.yaml"), """
                service: till
                needs:
                  shop.price:
                    uses: [ sku, cents ]
                    when-stale: serve
                    why: somebody pays
                """);
    }

    private void landscape(String http) throws IOException {
        Files.writeString(folder.resolve("landscape.yaml"), "mechanisms:\n  http: { " + http + " }\n");
    }

    @Test
    void anOwnerAndACopyMeetAtANode(@TempDir Path data) throws IOException {
        landscape("url: \"http://127.0.0.1:1\"");
        try (Node node = Node.start(NodeSettings.local(folder, data).withPort(0))) {
            landscape("url: \"http://127.0.0.1:" + node.port() + "\", version: \"2\", timeout: 20s, start-wait: 20s");
            try (Fairlead shop = Fairlead.open("shop", folder, PRICES);
                    Fairlead till = Fairlead.open("till", folder, PRICES)) {
                Receipt receipt = shop.own(PRICES).put(new Price("85123A", 255));
                assertThat(till.copy(PRICES)
                                .read("85123A", receipt, Duration.ofMinutes(1))
                                .toString())
                        .contains("255");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "                                  | PLAN        | 'url' is missing; 'url' is http://HOST[:PORT]",
                "url: 'ftp://node'                 | PLAN        | 'url' is http://HOST[:PORT], or https:// for TLS",
                "url: 'http://127.0.0.1:1', start-wait: 50ms | UNREACHABLE | the node at http://127.0.0.1:1",
                "url: 'http://127.0.0.1:1', key: s | PLAN        | unknown key `key`",
            })
    void whatIsWrongWithTheAddressIsSaidAtTheStart(String settings, ErrorCode code, String said) throws IOException {
        landscape(settings == null ? "" : settings);

        assertThatThrownBy(() -> open().close())
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(said);
    }

    private Fairlead open() {
        Fairlead shop = Fairlead.open("shop", folder, PRICES);
        shop.own(PRICES);
        return shop;
    }
}
