package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Handling;
import dev.fairlead.api.TellItem;
import dev.fairlead.api.Telling;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is parked is listed, sent again and dismissed from the shell, while the services are stopped. */
@Timeout(60)
class ParkedCommandTest {
    sealed interface Sale {}

    record ItemAdded(String sku, int quantity) implements Sale {}

    private static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);
    private static final FailurePolicy BRISK =
            new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(20));

    @TempDir
    Path folder;

    @BeforeEach
    void parkTwoKeys() throws IOException {
        Files.writeString(folder.resolve("checkout.yaml"), """
                service: checkout
                shares:
                  sale:
                    kind: event
                    key: saleId
                    events:
                      ItemAdded: { sku: string, quantity: int32 }
                """);
        Files.writeString(folder.resolve("shipping.yaml"), """
                service: shipping
                needs:
                  checkout.sale:
                    why: what was sold is shipped
                """);
        Files.writeString(
                folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { data: data, durability: D1 }\n");
        try (Fairlead checkout = Fairlead.open("checkout", folder);
                Fairlead shipping = Fairlead.open("shipping", folder)) {
            Events<String, Sale> sales = checkout.events(SALES);
            sales.append("s1", new ItemAdded("a", 1));
            sales.append("s2", new ItemAdded("b", 2));
            sales.append("s1", new ItemAdded("c", 3));
            for (String group : List.of("labels", "stock")) {
                Following<String, Sale> following = shipping.events(SALES)
                        .follow(
                                group,
                                Handler.effect(happened -> {
                                    if (group.equals("labels") || happened.key().equals("s2")) {
                                        throw new IllegalStateException("no such\naddress");
                                    }
                                }),
                                BRISK);
                while (!following.status().done().equals(following.status().end())) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void whatIsParkedIsListedInOrder() {
        CommandRun run = CommandRun.of("parked", folder);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FINE);
        assertThat(run.out())
                .contains("checkout.sale, group labels of shipping: 3 parked")
                .contains("checkout.sale, group stock of shipping: 1 parked")
                .contains("s1 at 0  ItemAdded version 1")
                .contains("2 attempts: IllegalStateException: no such address")
                .containsPattern("s1 at 2  ItemAdded version 2 .* waits behind it")
                .doesNotContain("quantity");
        assertThat(CommandRun.of("parked", "--data", folder.resolve("data"), "--group", "stock")
                        .out())
                .contains("group stock")
                .doesNotContain("group labels");
    }

    @Test
    void oneKeyIsShownWithItsValuesAsJson() {
        CommandRun run = CommandRun.of("parked", folder, "--group", "labels", "--key", "s1", "--format", "json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FINE);
        JsonNode report = JsonMapper.shared().readTree(run.out());
        assertThat(report.propertyNames()).containsExactly("parked", "damaged");
        assertThat(report.get("parked")).hasSize(2);
        JsonNode first = report.get("parked").get(0);
        assertThat(first.propertyNames())
                .containsExactly(
                        "kind",
                        "item",
                        "service",
                        "group",
                        "key",
                        "position",
                        "event",
                        "version",
                        "attempts",
                        "since",
                        "error",
                        "redrive",
                        "value");
        assertThat(first.get("kind").asString()).isEqualTo("event");
        assertThat(first.get("position").asLong()).isZero();
        assertThat(first.get("attempts").asInt()).isEqualTo(2);
        assertThat(first.get("value").get("sku").asString()).isEqualTo("a");
        assertThat(report.get("parked").get(1).get("version").asLong()).isEqualTo(2);
    }

    @Test
    void whatIsToBeSentAgainComesInOrderWhenTheServiceRunsNext() throws Exception {
        CommandRun run = CommandRun.of("redrive", folder, "--group", "labels", "--key", "s1");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FINE);
        assertThat(run.out())
                .isEqualTo("2 of s1 in group labels of checkout.sale in shipping to be sent again when"
                        + " shipping runs next" + System.lineSeparator());
        assertThat(CommandRun.of("parked", folder, "--group", "labels").out()).contains("(to be sent again)");

        assertThat(follow("labels", 2, 1)).containsExactly("s1 1", "s1 3");
        assertThat(CommandRun.of("parked", folder).out()).contains("s2 at 1").doesNotContain("s1");

        assertThat(CommandRun.of("redrive", folder, "--all").out()).contains("1 of s2 in group labels", "group stock");
        assertThat(follow("labels", 1, 0)).containsExactly("s2 2");
        assertThat(follow("stock", 1, 0)).containsExactly("s2 2");
        assertThat(CommandRun.of("parked", folder).out()).startsWith("nothing is parked");
        assertThat(CommandRun.of("redrive", folder, "--all").out()).startsWith("nothing is parked");
    }

    /** The events that come, when so many are parked as are to be left. */
    private List<String> follow(String group, int events, int left) throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Fairlead shipping = Fairlead.open("shipping", folder)) {
            Following<String, Sale> following = shipping.events(SALES).follow(group, Handler.effect(happened -> {
                seen.add(happened.key() + " " + ((ItemAdded) happened.event()).quantity());
            }));
            List<String> found = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                found.add(seen.poll(20, TimeUnit.SECONDS));
            }
            while (following.status().parked() != left) {
                Thread.onSpinWait();
            }
            return found;
        }
    }

    @Test
    void aDismissedEventIsGoneAndItsSuccessorWaits() {
        CommandRun run =
                CommandRun.of("redrive", folder, "--group", "labels", "--key", "s1", "--dismiss", "entered twice");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FINE);
        assertThat(run.out()).startsWith("dismissed the event at 0 of s1");
        assertThat(CommandRun.of("parked", folder, "--key", "s1").out())
                .contains("s1 at 2")
                .doesNotContain("s1 at 0");
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() {
        assertRefused("was set aside in several places", "redrive", folder, "--key", "s2");
        assertRefused("nothing is parked under s9", "redrive", folder, "--key", "s9");
        assertRefused("dismissed one by one", "redrive", folder, "--all", "--dismiss", "all of them");
        assertRefused("a reason has 1 to 1000", "redrive", folder, "--group", "stock", "--key", "s2", "--dismiss", " ");
        assertRefused("--key", "redrive", folder);
        assertRefused("there is no data of the embedded mechanism in --data", "parked", "--data", folder);
        assertRefused("name the plan's folder", "parked");
    }

    @Test
    void redriveSaysInItsOwnWordsWhatItLacks() {
        assertRefused("nothing says what is to be sent again (add --key KEY for one key", "redrive", "nowhere");
        assertRefused("--all already includes --key s1", "redrive", folder, "--key", "s1", "--all");
    }

    private static void assertRefused(String message, Object... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(run.err().lines()).singleElement().asString().contains(message);
    }

    @Test
    void aRunningServiceIsNamedAsTheReason() throws IOException {
        try (FileChannel running = FileChannel.open(folder.resolve("data/owner.pid"), StandardOpenOption.WRITE)) {
            assertThat(running.lock().isValid()).isTrue();

            CommandRun run = CommandRun.of("parked", folder);
            assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(run.err()).contains("belongs to process").contains("stop that process");
        }
    }

    record Payment(String saleId, int cents) {}

    private static final TellItem<Payment> PAY = TellItem.of("billing.pay", Payment.class);

    /** Tells two payments that cannot be handled; their keys. */
    private List<String> twoDeadLetters() throws Exception {
        Files.writeString(folder.resolve("billing.yaml"), """
                service: billing
                shares:
                  pay: { kind: request, delivery: guaranteed, question: { saleId: string, cents: int32 } }
                """);
        Files.writeString(
                folder.resolve("till.yaml"), "service: till\nneeds:\n  billing.pay: { why: sales are paid }\n");
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        try (Fairlead billing = Fairlead.open("billing", folder);
                Fairlead till = Fairlead.open("till", folder)) {
            till.tell(PAY, new Payment("s1", 100), Telling.now().withKey(first));
            till.tell(PAY, new Payment("s2", 200), Telling.now().withKey(second));
            try (Handling<Payment> handling = billing.handle(
                    PAY,
                    (payment, told) -> {
                        throw new IllegalStateException("no such card");
                    },
                    BRISK)) {
                while (handling.deadLetters(-1, 10).size() < 2) {
                    Thread.onSpinWait();
                }
            }
        }
        return List.of(first.toString(), second.toString());
    }

    @Test
    void deadLettersAreListedSentAgainAndDismissedWithTheParkedEvents() throws Exception {
        List<String> keys = twoDeadLetters();

        assertThat(CommandRun.of("parked", folder).out())
                .contains("checkout.sale, group labels of shipping: 3 parked")
                .contains("billing.pay, told to billing: 2 dead letters")
                .contains(keys.get(0) + " at ")
                .contains("told  since ")
                .contains("2 attempts: IllegalStateException: no such card")
                .doesNotContain("cents");
        JsonNode report = JsonMapper.shared()
                .readTree(CommandRun.of("parked", folder, "--key", keys.get(1), "--format", "json")
                        .out());
        assertThat(report.get("parked")).singleElement().satisfies(message -> {
            assertThat(message.get("kind").asString()).isEqualTo("message");
            assertThat(message.get("group").isNull()).isTrue();
            assertThat(message.get("value").get("cents").asInt()).isEqualTo(200);
        });

        assertThat(CommandRun.of("redrive", folder, "--key", keys.get(1), "--dismiss", "paid in cash")
                        .out())
                .contains("dismissed the message " + keys.get(1));
        assertThat(CommandRun.of("redrive", folder, "--key", keys.get(0)).out())
                .contains("of billing.pay to be handled again when billing runs next");
        assertThat(CommandRun.of("parked", folder, "--item", "billing.pay").out())
                .contains("nothing is parked");

        BlockingQueue<Payment> handled = new LinkedBlockingQueue<>();
        try (Fairlead billing = Fairlead.open("billing", folder);
                Handling<Payment> handling = billing.handle(PAY, (payment, told) -> handled.add(payment))) {
            assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(new Payment("s1", 100));
            assertThat(handling.deadLetters(-1, 10)).isEmpty();
        }
    }
}
