package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.cli.TracingExample.Parcel;
import dev.fairlead.cli.TracingExample.Sale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracingPageTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Path PAGE = Documents.root().resolve("docs/tracing.md");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);
    private static final StateItem<String, Parcel> PARCELS =
            StateItem.of("shipping.parcel", String.class, Parcel.class);

    @Test
    void theCodeIsTheCodeThatIsCompiled() throws IOException {
        assertThat(Documents.blocks(PAGE, "java")).hasSize(3).isEqualTo(Documents.examples("TracingExample"));
    }

    @Test
    void theCodeDoesWhatThePageSays(@TempDir Path folder) throws Exception {
        List<String> plans = Documents.blocks(PAGE, "yaml");
        Files.writeString(folder.resolve("checkout.yaml"), plans.get(0));
        Files.writeString(folder.resolve("shipping.yaml"), plans.get(1));
        Files.writeString(
                folder.resolve("storefront.yaml"),
                "service: storefront\nneeds:\n  shipping.parcel: { within: 60s, why: customers ask }\n");
        Files.writeString(folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { data: data }\n");
        BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        try (Fairlead checkout = Fairlead.open("checkout", folder, SALES);
                Fairlead shipping = Fairlead.open("shipping", folder, SALES, PARCELS);
                Fairlead storefront = Fairlead.open("storefront", folder, PARCELS)) {
            Owner<String, Parcel> parcels = shipping.own(PARCELS);
            TracingExample.send(shipping.events(SALES), parcels, calls::add);
            TracingExample.pay(checkout.events(SALES), "536365", "00-" + TRACE + "-b7ad6b7169203331-01");
            assertThat(calls.poll(20, TimeUnit.SECONDS)).startsWith("00-" + TRACE);

            Receipt again = parcels.put(new Parcel("536365", "22423"));
            assertThat(TracingExample.parcelAsOf(storefront.copy(PARCELS), "536365", again.text(), SOON))
                    .isInstanceOfSatisfying(
                            Reading.Fresh.class,
                            fresh -> assertThat(fresh.value()).isEqualTo(new Parcel("536365", "22423")));
        }
        assertThat(CommandRun.of("why", "checkout.sale", "536365", folder).out())
                .contains("trace    " + TRACE);
    }
}
