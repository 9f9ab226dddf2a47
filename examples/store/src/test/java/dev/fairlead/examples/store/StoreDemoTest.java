package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDemoTest {
    private static final StoreSettings SHORT = StoreSettings.defaults().withLength(Duration.ofSeconds(6));

    private final StringWriter written = new StringWriter();

    private DemoResult run(StoreSettings settings) {
        return new StoreDemo(settings, new PrintWriter(written, true), Shown.LINES).run();
    }

    @Test
    void aRunPassesAllItsChecks() {
        DemoResult result = run(SHORT.withSeed(4711));

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
                        "historyKeepsTheRules");
        assertThat(result.figures()).containsEntry("sales.parked", 1L);
        assertThat(written.toString()).contains("begun = ", "done + ", "failed + 1 parked");
    }

    @Test
    void playsAUsersFiles(@TempDir Path folder) throws IOException {
        StringBuilder rows = new StringBuilder(
                "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
        for (int invoice = 0; invoice < 40; invoice++) {
            for (int line = 0; line < 30; line++) {
                rows.append("5363").append(10 + invoice).append(",850").append(10 + line);
                rows.append(",\"LANTERN, ")
                        .append(line)
                        .append("\",6,2010-12-01 08:")
                        .append(10 + invoice);
                rows.append(":00,2.")
                        .append(10 + line)
                        .append(",178")
                        .append(10 + invoice)
                        .append(".0,France\n");
            }
        }
        Files.writeString(folder.resolve("2010-12-01.csv"), rows);

        DemoResult result = run(SHORT.withData(folder));

        assertThat(result.checks())
                .allSatisfy(check ->
                        assertThat(check.passed()).as(check + "\n" + written).isTrue());
        assertThat(result.figures()).containsEntry("invoices.played", 40L);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> SHORT.withLength(Duration.ofSeconds(4))).hasMessageContaining("5s");
        assertThatThrownBy(() -> new StoreSettings(SHORT.length(), Double.NaN, 1, "embedded", null))
                .hasMessageContaining("speed");
    }
}
