package dev.fairlead.engine;

import static dev.fairlead.engine.SaleDesk.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.DeadTell;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Handling;
import dev.fairlead.api.ParkedEvent;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.engine.Shop.Submit;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan says how often, how soon and how long something is tried; the code may say otherwise. */
class WhenFailingTest {
    private static final FailurePolicy THRICE =
            new FailurePolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));
    private static final Handler<String, Sale> FAILING = Handler.effect(happened -> {
        throw new IllegalStateException("no such address");
    });

    @TempDir
    Path folder;

    private Path plan(String file, String after, String lines) throws Exception {
        Path plan = folder.resolve(file);
        String text = Files.readString(plan);
        assertThat(text).contains(after);
        return Files.writeString(plan, text.replace(after, after + "\n    " + lines));
    }

    @Test
    void whatIsToldIsTriedAsTheShareSays() throws Exception {
        SettableTime time = SettableTime.create();
        Queue<String> came = new ConcurrentLinkedQueue<>();
        try (Shop shop = new Shop(folder, time)) {
            plan(
                    "shop.yaml",
                    "    delivery: guaranteed",
                    "when-failing: { attempts: 2, first-delay: 1h, time-limit: 2s }");
            Fairlead till = shop.open("till");
            Handling<Submit> handling = shop.open("shop").handle(Shop.SUBMIT, (question, told) -> {
                came.add(question.sku() + " " + told.attempt() + " " + told.left());
                if (question.sku().equals("poison")) {
                    throw new IllegalStateException("cannot be sold");
                }
            });

            till.tell(Shop.SUBMIT, new Submit("poison"));
            await().atMost(SOON).until(() -> handling.statistics().later() == 1);
            time.advance(Duration.ofMinutes(59));
            till.tell(Shop.SUBMIT, new Submit("good"));
            await().atMost(SOON).until(() -> handling.statistics().handled() == 1);
            assertThat(came).containsExactly("poison 1 PT2S", "good 1 PT2S");
            time.advance(Duration.ofMinutes(2));

            await().atMost(SOON).until(() -> handling.statistics().dead() == 1);
            assertThat(came).hasSize(3).last().isEqualTo("poison 2 PT2S");
            assertThat(handling.deadLetters(-1, 10))
                    .extracting(DeadTell::attempts)
                    .containsExactly(2);
        }
    }

    @Test
    void theCodeOfOneHandlerHasTheLastWord() throws Exception {
        try (Shop shop = new Shop(folder, SettableTime.create())) {
            plan("shop.yaml", "    delivery: guaranteed", "when-failing: { attempts: 2, time-limit: 2s }");
            Queue<Duration> left = new ConcurrentLinkedQueue<>();
            Handling<Submit> handling = shop.open("shop")
                    .handle(
                            Shop.SUBMIT,
                            (question, told) -> {
                                left.add(told.left());
                                throw new IllegalStateException("cannot be sold");
                            },
                            new FailurePolicy(1, Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(7)));
            shop.open("till").tell(Shop.SUBMIT, new Submit("poison"));

            await().atMost(SOON).until(() -> handling.statistics().dead() == 1);
            assertThat(left).containsExactly(Duration.ofSeconds(7));
        }
    }

    @Test
    void groupsTryAsTheNeedOrTheirOwnersShareSays() throws Exception {
        try (SaleDesk desk = new SaleDesk(folder)) {
            plan("shipping.yaml", "  checkout.sale:", "when-failing: { attempts: 1 }");
            plan("checkout.yaml", "    key: saleId", "when-failing: { attempts: 4, first-delay: 1ms }");
            Events<String, Sale> checkout = desk.events("checkout");
            Events<String, Sale> shipping = desk.events("shipping");
            SaleDesk.append(checkout, "bad", 0, 1);

            assertThat(attempts(shipping.follow("plan", FAILING))).isEqualTo(1);
            assertThat(attempts(shipping.follow("erasing", FAILING, key -> {}))).isEqualTo(1);
            assertThat(attempts(shipping.follow("code", FAILING, THRICE))).isEqualTo(3);
            assertThat(attempts(checkout.follow("own", FAILING))).isEqualTo(4);
        }
    }

    private static int attempts(Following<String, Sale> following) {
        await().atMost(SOON).until(() -> following.status().parked() == 1);
        return following.parked().stream()
                .flatMap(key -> key.events().stream())
                .mapToInt(ParkedEvent::attempts)
                .sum();
    }
}
