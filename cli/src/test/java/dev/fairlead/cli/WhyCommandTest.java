package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Origin;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WhyCommandTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    record Parcel(String saleId, int grams) {}

    sealed interface Sale {}

    record Paid(String sku) implements Sale {}

    private static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);
    private static final StateItem<String, Parcel> PARCELS =
            StateItem.of("shipping.parcel", String.class, Parcel.class);

    @TempDir
    private Path folder;

    @BeforeEach
    void sellOnce() throws Exception {
        write("checkout.yaml", """
                service: checkout
                shares:
                  sale: { kind: event, key: saleId, events: { Paid: { sku: string } } }
                """);
        write("shipping.yaml", """
                service: shipping
                shares:
                  parcel: { kind: state, key: saleId, fields: { saleId: string, grams: int32 } }
                needs:
                  checkout.sale: { why: what is paid is sent }
                """);
        write("storefront.yaml", """
                service: storefront
                needs:
                  shipping.parcel: { why: customers ask where it is, within: 5s }
                """);
        write("landscape.yaml", "mechanisms:\n  embedded: { data: data }\n");
        CountDownLatch sent = new CountDownLatch(1);
        try (Fairlead checkout = Fairlead.open("checkout", folder);
                Fairlead shipping = Fairlead.open("shipping", folder)) {
            var parcels = shipping.own(PARCELS);
            shipping.events(SALES).follow("parcels", Handler.effect(happened -> {
                parcels.put(new Parcel(happened.key(), 250));
                sent.countDown();
            }));
            Origin.of(Trace.parse(TRACE)).run(() -> checkout.events(SALES).append("536365", new Paid("85123A")));
            assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void tellsOwnerVersionAgePathHopsAndReaders() {
        CommandRun run = CommandRun.of("why", "shipping.parcel", "536365", folder);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("shipping.parcel 536365\n  owner    shipping, epoch 1\n  version  1, changed\n  written  ")
                .contains(" ago\n  trace    0af7651916cd43dd8448eb211c80319c\n")
                .containsPattern("path\n"
                        + "  checkout\\.sale 536365    v1 Paid     [0-9TZ:.-]+ @0:0\n"
                        + "  shipping\\.parcel 536365  v1 changed  [0-9TZ:.-]+ @0:0  \\+ [0-9.]+ m?s\n")
                .endsWith("readers\n  storefront  feed over embedded  at most 5.0 s old\n");
    }

    @Test
    void tellsTheSameAsJson() {
        CommandRun run = CommandRun.of("why", "shipping.parcel", "536365", folder, "--format", "json");

        JsonNode report = JsonMapper.shared().readTree(run.out());
        assertThat(report.get("owner").asString()).isEqualTo("shipping");
        assertThat(report.get("version").asInt()).isEqualTo(1);
        assertThat(report.get("ageMillis").asLong()).isNotNegative();
        assertThat(report.get("begun").isNull()).isTrue();
        assertThat(report.get("path").size()).isEqualTo(2);
        assertThat(report.get("path").get(1).get("cause").asString()).isEqualTo("checkout.sale@0:0");
        assertThat(report.get("path").get(0).get("traceparent").asString()).startsWith(TRACE.substring(0, 36));
        assertThat(report.get("readers").get(0).get("reader").asString()).isEqualTo("storefront");
    }

    @Test
    void saysWhatIsNotThereAndWhatIsWrong() {
        CommandRun nobody = CommandRun.of("why", "shipping.parcel", "nobody", folder);
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err()).contains("has nothing of the key nobody");

        CommandRun unknown = CommandRun.of("why", "shipping.letter", "1", folder);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("the plan has no item shipping.letter");

        assertThat(CommandRun.of("why", "shipping.parcel").exitCode()).isEqualTo(2);
        CommandRun nowhere = CommandRun.of("why", "shipping.parcel", "536365");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("DIR");
    }

    @Test
    void saysThatNothingWasEverWrittenOfAnItemThatNobodyHasOpened() throws IOException {
        write("catalog.yaml", """
                service: catalog
                shares:
                  product: { kind: state, key: sku, fields: { sku: string } }
                  sold-out: { kind: event, key: sku, events: { SoldOut: { } } }
                """);
        for (String item : List.of("catalog.product", "catalog.sold-out")) {
            CommandRun run = CommandRun.of("why", item, "85123A", folder);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains(item + " has nothing of the key 85123A (never written");
        }
    }

    @Test
    void spansAreShort() {
        assertThat(WhyReport.span(Duration.ofNanos(1_234_567))).isEqualTo("1.2 ms");
        assertThat(WhyReport.span(Duration.ofMillis(123))).isEqualTo("123 ms");
        assertThat(WhyReport.span(Duration.ofMillis(1234))).isEqualTo("1.2 s");
        assertThat(WhyReport.span(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(WhyReport.span(Duration.ofMinutes(42))).isEqualTo("42 min");
        assertThat(WhyReport.span(Duration.ofHours(42))).isEqualTo("42 h");
        assertThat(WhyReport.span(Duration.ofDays(42))).isEqualTo("42 days");
    }
}
