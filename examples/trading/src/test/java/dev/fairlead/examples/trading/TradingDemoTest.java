package dev.fairlead.examples.trading;

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
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradingDemoTest {
    private static final TradingSettings SHORT =
            TradingSettings.defaults().withLength(Duration.ofSeconds(5)).withSpeed(3000);

    private final StringWriter written = new StringWriter();

    private DemoResult run(TradingSettings settings) {
        return new TradingDemo(settings, new PrintWriter(written, true), Shown.LINES).run();
    }

    @Test
    void aRunOnAFileWithBrokenRowsPassesAllItsChecks(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");

        DemoResult result = run(SHORT.withCarriers(Carriers.of("embedded", Map.of("data", data.toString())))
                .withTrades(broken(folder.resolve("trades.csv"))));

        assertThat(result.checks())
                .allSatisfy(check ->
                        assertThat(check.passed()).as(check + "\n" + written).isTrue())
                .extracting(DemoResult.Check::name)
                .containsExactly(
                        "quietIsNotDead",
                        "lateJoinerLive",
                        "gapStayedInOneKey",
                        "staleWasRefused",
                        "conflatedReaderKeptLatest",
                        "digestsAgree");
        assertThat(written.toString())
                .contains(
                        "2 rows of the file are no trades",
                        "trades.csv:3: ",
                        "trades.csv:50002: ",
                        "all 6 checks passed");
        assertThat(result.figures())
                .containsKeys(
                        "published",
                        "reader.order-entry.delivered",
                        "reader.order-entry.conflated",
                        "reader.portfolio.delivered",
                        "reader.gateway.delivered",
                        "reader.risk.delivered",
                        "lateJoiner.liveMillis",
                        "readyMillis")
                .hasEntrySatisfying(
                        "gap.recoveredMillis",
                        millis -> assertThat(millis.doubleValue()).isPositive())
                .hasEntrySatisfying(
                        "reader.gateway.conflated",
                        count -> assertThat(count.longValue()).isPositive());
        assertThat(data).as("a folder of the user's stays").isNotEmptyDirectory();
    }

    private static Path broken(Path file) throws IOException {
        List<String> rows = new ArrayList<>(List.of("timestamp,price,amount"));
        for (Trade trade : TradeFile.open(null).trades()) {
            rows.add(trade.second() + "," + trade.price() + ","
                    + BigDecimal.valueOf(trade.amount()).toPlainString());
        }
        rows.add(2, "this is,no trade");
        rows.set(50_001, "half a ro");
        return Files.write(file, rows);
    }

    @Test
    void refusesAMechanismThatIsNotThere() {
        assertThatThrownBy(() -> run(SHORT.withCarriers(Carriers.of("pigeons", Map.of()))))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("no mechanism 'pigeons'")
                .hasMessageContaining("embedded");
    }

    @Test
    void refusesSettingsThatLeaveNoTimeForTheStories() {
        assertThatThrownBy(() -> SHORT.withLength(Duration.ofSeconds(4))).hasMessageContaining("5s");
        assertThatThrownBy(() -> SHORT.withSpeed(Double.NaN)).hasMessageContaining("speed");
        assertThatThrownBy(() -> SHORT.withSpeed(0)).hasMessageContaining("speed");
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

        assertThat(runner.join(Duration.ofSeconds(20))).isTrue();
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    }
}
