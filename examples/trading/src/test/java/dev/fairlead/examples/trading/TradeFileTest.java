package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.FairleadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TradeFileTest {
    private static TradeFile read(String... rows) throws IOException {
        return TradeFile.read(
                "trades.csv", new ByteArrayInputStream(String.join("\n", rows).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsAllRealTrades() {
        TradeFile file = TradeFile.open(null);

        assertThat(file.bad()).isZero();
        assertThat(file.trades()).hasSize(100_000);
        assertThat(file.trades().getFirst()).isEqualTo(new Trade(1385337600, new BigDecimal("800.01"), 0.1));
        assertThat(file.trades().getLast()).isEqualTo(new Trade(1385913725, new BigDecimal("999.00"), 1.2926331));
    }

    @Test
    void namesRowsThatDoNotParseByTheirLineAndGoesOn() throws IOException {
        TradeFile file = read(
                "timestamp,price,amount",
                "10,800.01,0.1",
                "eleven,800.01,0.1",
                "12,800.01",
                "",
                "13,-5,0.1",
                "14,0.00,1",
                "9,800.02,0.1",
                "15,1e5,0.1",
                "16,1.2.3,0.1",
                "17,.5,0.1",
                "18,801.00,0",
                "\u0000\u0001;drop table");

        assertThat(file.trades()).extracting(Trade::second).containsExactly(10L, 18L);
        assertThat(file.bad()).isEqualTo(9);
        assertThat(file.complaints())
                .containsExactly(
                        "trades.csv:3: the timestamp 'eleven' is not a number",
                        "trades.csv:4: 2 cells instead of timestamp,price,amount",
                        "trades.csv:6: the price '-5' is not a number",
                        "trades.csv:7: the price '0.00' is not between 0.01 and 9999999999.99",
                        "trades.csv:8: the time 9 is before the previous row's 10",
                        "trades.csv:9: the price '1e5' is not a number",
                        "trades.csv:10: the price '1.2.3' is not a number",
                        "trades.csv:11: the price '.5' is not a number",
                        "trades.csv:13: 1 cells instead of timestamp,price,amount");
    }

    @Test
    void namesOnlyTheFirstBadRowsButCountsAll() throws IOException {
        TradeFile file = read("10,1,1\n" + "bad\n".repeat(1000) + "20,1,1");

        assertThat(file.bad()).isEqualTo(1000);
        assertThat(file.complaints()).hasSize(10);
        assertThat(file.trades()).hasSize(2);
    }

    @Test
    void cutsARowThatIsFarTooLong() throws IOException {
        TradeFile file = read("9".repeat(5_000_000), "10,1,1");

        assertThat(file.complaints()).singleElement().asString().hasSizeLessThan(120);
        assertThat(file.trades()).hasSize(1);
    }

    @Test
    void refusesAFileWithoutTrades() {
        assertThatThrownBy(() -> read("timestamp,price,amount", "what,is,this"))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("trades.csv has no trade")
                .hasMessageContaining("trades.csv:2");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> TradeFile.open(Path.of("no-such-file.csv")))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("no-such-file.csv");
    }
}
