package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsPageTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Path PAGE = Documents.root().resolve("docs/events.md");

    @Test
    void theCodeIsTheCodeThatIsCompiled() throws IOException {
        String compiled = between(
                Files.readString(Documents.root().resolve("cli/src/test/java/dev/fairlead/cli/EventsExample.java")),
                "    // events begins\n",
                "    // events ends");

        assertThat(between(Files.readString(PAGE), "```java\n", "```")).isEqualTo(compiled.replaceAll("(?m)^ {4}", ""));
    }

    @Test
    void theCodeDoesWhatThePageSaysOnThePlanThatItShows(@TempDir Path folder) throws Exception {
        String page = Files.readString(PAGE);
        Files.writeString(folder.resolve("checkout.yaml"), between(page, "```yaml\n", "```"));
        Files.writeString(folder.resolve("shipping.yaml"), """
                service: shipping
                needs:
                  checkout.sale:
                    why: what was sold is shipped
                """);
        Files.writeString(
                folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { data: data, durability: D1 }\n");

        BlockingQueue<EventRecord<String, EventsExample.Sale>> shipped = new LinkedBlockingQueue<>();
        AtomicBoolean printer = new AtomicBoolean();
        try (Fairlead checkout = Fairlead.open("checkout", folder, EventsExample.SALES);
                Fairlead shipping = Fairlead.open("shipping", folder, EventsExample.SALES)) {
            Events<String, EventsExample.Sale> sales = checkout.events(EventsExample.SALES);
            sales.append("s1", new EventsExample.ItemAdded("85123A", 6));
            assertThat(EventsExample.close(sales, "s1", 1)).isTrue();
            assertThat(EventsExample.close(sales, "s1", 1)).isFalse();
            assertThat(EventsExample.all(shipping.events(EventsExample.SALES)))
                    .extracting(EventRecord::version)
                    .containsExactly(1L, 2L);

            Following<String, EventsExample.Sale> labels =
                    EventsExample.ship(shipping.events(EventsExample.SALES), happened -> {
                        if (!printer.get()) {
                            throw new IllegalStateException("the printer is off");
                        }
                        shipped.add(happened);
                    });
            await().atMost(SOON).until(() -> labels.status().parked() == 2);
            printer.set(true);
            EventsExample.sendAgain(labels);
            for (long version = 1; version <= 2; version++) {
                EventRecord<String, EventsExample.Sale> next = shipped.poll(1, TimeUnit.MINUTES);
                assertThat(next).isNotNull();
                assertThat(next.version()).isEqualTo(version);
            }
        }
    }

    private static String between(String text, String begin, String end) {
        assertThat(text).contains(begin).contains(end);
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
