package dev.fairlead.engine;

import static dev.fairlead.engine.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handling;
import dev.fairlead.api.TellItem;
import dev.fairlead.api.Telling;
import dev.fairlead.testkit.DataFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Erasing what was told under a key. */
class TellErasureTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String CARD = "a-card-that-stands-nowhere-else";
    private static final FailurePolicy ONCE =
            new FailurePolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));

    record Charge(String saleId, String card) {}

    record Numbered(int saleId, String card) {}

    private static final TellItem<Charge> CHARGE = TellItem.of("billing.charge", Charge.class);
    private static final TellItem<Numbered> NUMBERED = TellItem.of("billing.charge", Numbered.class);

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private Fairlead open(String service) {
        return services.open(service, folder);
    }

    private void plan(String key, String type) {
        PlanFolder.write(folder, "billing.yaml", """
                service: billing
                shares:
                  charge:
                    kind: request
                    delivery: guaranteed
                    %s
                    question: { saleId: %s, card: string }
                """.formatted(key, type));
        PlanFolder.write(folder, "checkout.yaml", """
                service: checkout
                needs:
                  billing.charge: { why: cards are charged }
                """);
        PlanFolder.write(folder, "landscape.yaml", "mechanisms:\n  embedded: { data: data, durability: D1 }\n");
    }

    @Test
    void whatWaitsIsSetAsideOrWasHandledGoesAndAllElseStays() {
        plan("key: saleId", "string");
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Handling<Charge> charging = open("billing")
                .handle(
                        CHARGE,
                        (charge, told) -> {
                            if (charge.card().startsWith("broken")) {
                                throw new IllegalStateException("cannot charge " + charge);
                            }
                            handled.add(charge.saleId());
                        },
                        ONCE);
        Fairlead checkout = open("checkout");
        for (String sale : new String[] {"s1", "s2"}) {
            checkout.tell(CHARGE, new Charge(sale, CARD + sale));
            checkout.tell(CHARGE, new Charge(sale, "broken " + CARD + sale));
            checkout.tell(CHARGE, new Charge(sale, CARD + sale), Telling.after(Duration.ofHours(1)));
        }
        await().atMost(SOON)
                .until(() -> charging.statistics().dead() == 2
                        && charging.statistics().held() == 0
                        && handled.size() == 2);
        assertThat(DataFiles.holding(folder, CARD + "s1")).isNotEmpty();

        assertThat(charging.erase("s1")).isEqualTo(2);

        assertThat(DataFiles.holding(folder, CARD + "s1")).isEmpty();
        assertThat(charging.deadLetters(-1, 10))
                .singleElement()
                .satisfies(letter ->
                        assertThat(charging.inspect(letter.number()).saleId()).isEqualTo("s2"));
        assertThat(charging.statistics().later()).isEqualTo(1);
        assertThat(charging.erase("s1")).isZero();
    }

    @Test
    void whatCannotBeReadIsNotPassedOverInSilence() {
        plan("", "string");
        open("checkout").tell(CHARGE, new Charge("s7", CARD));
        services.close();
        plan("key: saleId", "int32");
        Handling<Numbered> charging = open("billing").handle(NUMBERED, (charge, told) -> {}, ONCE);
        await().atMost(SOON).until(() -> charging.statistics().dead() == 1);

        refused(ErrorCode.BAD_VALUE, "1 cannot be read", () -> charging.erase("7"));

        charging.dismiss(charging.deadLetters(-1, 1).getFirst().number(), "it is about an erased sale");
        assertThat(charging.erase("7")).isZero();
        assertThat(DataFiles.holding(folder, CARD)).isEmpty();
    }

    @Test
    void aPlanThatNamesNoKeyIsToldSo() {
        plan("", "string");
        Handling<Charge> charging = open("billing").handle(CHARGE, (charge, told) -> {});
        refused(ErrorCode.PLAN, "add key:", () -> charging.erase("s1"));
        charging.close();
        refused(ErrorCode.CLOSED, "closed", () -> charging.erase("s1"));
    }
}
