package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDemoTest {
    private static final StoreSettings SHORT = StoreSettings.defaults().withLength(Duration.ofSeconds(6));

    private final StringWriter written = new StringWriter();

    private DemoResult run(StoreSettings settings) {
        return new StoreDemo(settings, new PrintWriter(written, true), Shown.LINES).run();
    }

    @Test
    void aRunOnAUsersFilesPassesAllItsChecks(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("2010-12-01.csv"), aDay());

        DemoResult result = run(SHORT.withSeed(4711).withData(folder));

        assertThat(result.checks())
                .allSatisfy(check ->
                        assertThat(check.passed()).as(check + "\n" + written).isTrue())
                .extracting(DemoResult.Check::name)
                .containsExactlyInAnyOrder(
                        "oneOwnerOfADescription",
                        "renameRefused",
                        "parkedKeyOnly",
                        "redriveKeepsOrder",
                        "longInvoiceBlocksNoOther",
                        "bootstrapSurvivesKill",
                        "cardAcceptedChargedOnce",
                        "crashBetweenSaveAndPublish",
                        "twoPublishersKeepOrder",
                        "ownerDownCopiesServe",
                        "staleChargeRefused",
                        "nothingLost",
                        "nothingTwice",
                        "orderKept",
                        "salesAddUp",
                        "replayHasNoEffects",
                        "digestsAgree",
                        "historyKeepsTheRules",
                        "erasedCustomerIsNowhere");
        assertThat(result.figures()).containsEntry("sales.parked", 1L).containsEntry("invoices.played", 42L);
        assertThat(result.figures()).containsEntry("invoices.adjustments", 1L);
        assertThat(written.toString()).contains("begun = ", "done + ", "failed + 1 parked");
    }

    /** Forty invoices, one that cancels another, and one that only corrects the stock. */
    private static String aDay() {
        StringBuilder rows = new StringBuilder(
                "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
        for (int invoice = 10; invoice < 50; invoice++) {
            for (int line = 10; line < 40; line++) {
                rows.append("5363").append(invoice).append(",850").append(line);
                rows.append(",\"LANTERN, ")
                        .append(line)
                        .append("\",6,2010-12-01 08:")
                        .append(invoice);
                rows.append(":00,2.")
                        .append(line)
                        .append(",178")
                        .append(invoice % 8 + 10)
                        .append(".0,France\n");
            }
        }
        return rows.append("C536350,85010,\"LANTERN, 10\",-6,2010-12-01 08:50:00,2.10,17810.0,France\n")
                .append("536351,85011,,-6,2010-12-01 08:51:00,0.0,,United Kingdom\n")
                .toString();
    }

    @Test
    void anInterruptEndsItWithATypedError() throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread runner = Thread.ofPlatform().start(() -> {
            try {
                run(SHORT.withLength(Duration.ofMinutes(10)));
            } catch (FairleadException e) {
                thrown.set(e);
            }
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> written.toString().contains("story: "));

        runner.interrupt();

        assertThat(runner.join(Duration.ofMinutes(1))).isTrue();
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> SHORT.withLength(Duration.ofSeconds(4))).hasMessageContaining("5s");
        assertThatThrownBy(() -> new StoreSettings(SHORT.length(), Double.NaN, 1, Carriers.embedded(), null))
                .hasMessageContaining("speed");
    }
}
