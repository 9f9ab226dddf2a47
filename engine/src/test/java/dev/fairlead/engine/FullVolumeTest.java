package dev.fairlead.engine;

import static dev.fairlead.engine.Refusals.refused;
import static dev.fairlead.engine.SaleDesk.BRISK;
import static dev.fairlead.engine.SaleDesk.SOON;
import static dev.fairlead.engine.SaleDesk.append;
import static dev.fairlead.engine.SaleDesk.awaitDone;
import static dev.fairlead.engine.SaleDesk.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.faults.SmallVolume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A volume that is full to its last byte when events fail for good. */
@Timeout(120)
class FullVolumeTest {
    private static final int GOOD = 500;

    @TempDir
    Path folder;

    private final CountDownLatch full = new CountDownLatch(1);
    private final AtomicBoolean repaired = new AtomicBoolean();

    @Test
    void whatCannotBeParkedWaitsWithItsKeyAloneAndIsParkedWhenThereIsRoom() throws Exception {
        try (SmallVolume volume = SmallVolume.mount(folder);
                SaleDesk desk = new SaleDesk(volume.path())) {
            Events<String, Sale> sales = desk.events("checkout");
            append(sales, "early", 0, 2);
            Following<String, Sale> hindered = follow(desk);
            awaitDone(hindered);
            append(sales, "bad", 0, 3);
            append(sales, "good", 0, GOOD);

            Path ballast = volume.fillUp();
            full.countDown();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(desk.seen().get("good")).isEqualTo(numbers(0, GOOD)));
            await().atMost(SOON).until(() -> hindered.status().hindered().isPresent());
            assertThat(hindered.status().hindered()).contains(ErrorCode.STORAGE_FULL);
            assertThat(hindered.status().parked()).isEqualTo(2);
            assertThat(hindered.status().done().offset()).isEqualTo(2);
            refused(ErrorCode.STORAGE_FULL, "", () -> hindered.redrive("early"));
            refused(ErrorCode.STORAGE_FULL, "", () -> hindered.dismiss("early", "no room"));

            Files.delete(ballast);
            awaitDone(hindered);
            assertThat(hindered.status().hindered()).isEmpty();
            desk.restart();

            repaired.set(true);
            Following<String, Sale> after = follow(desk);
            assertThat(after.parked())
                    .extracting(ParkedKey::key, ParkedKey::total)
                    .containsExactlyInAnyOrder(tuple("early", 2L), tuple("bad", 3L));
            List.of("early", "bad").forEach(after::redrive);
            await().atMost(SOON).until(() -> after.status().parked() == 0);
            assertThat(desk.seen().get("early")).isEqualTo(numbers(0, 2));
            assertThat(desk.seen().get("bad")).isEqualTo(numbers(0, 3));
            assertThat(desk.seen().get("good")).isEqualTo(numbers(0, GOOD));
        }
    }

    private Following<String, Sale> follow(SaleDesk desk) {
        return desk.events("shipping")
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (!happened.key().equals("early")) {
                                full.await();
                            }
                            if (!repaired.get() && !happened.key().equals("good")) {
                                throw new IllegalStateException("down");
                            }
                            desk.see(happened);
                        }),
                        BRISK);
    }
}
