package dev.fairlead.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketTest {
    private static final List<Trade> TRADES = TradeFile.open(null).trades().subList(0, 2000);

    private static List<Quote> play(long seed) {
        Market market = new Market(Instruments.of(seed), seed, TRADES.getFirst());
        List<Quote> quotes = new ArrayList<>(market.opening());
        TRADES.forEach(trade -> quotes.addAll(market.trade(trade)));
        return quotes;
    }

    @Test
    void theSameSeedGivesTheSameQuotes() {
        assertThat(play(7)).isEqualTo(play(7));
    }

    @Test
    void anotherSeedGivesOthers() {
        assertThat(play(8)).isNotEqualTo(play(7));
        assertThat(Instruments.of(8)).isNotEqualTo(Instruments.of(7));
    }

    @Test
    void instrumentsAreTheRealOneAndSyntheticOnesWithSymbolsOfTheirOwn() {
        List<Instrument> instruments = Instruments.of(1);

        assertThat(instruments).extracting(Instrument::symbol).hasSize(500).doesNotHaveDuplicates();
        assertThat(instruments.getFirst().symbol()).isEqualTo("BTCUSD");
    }

    @Test
    void theRealInstrumentFollowsTheTrades() {
        Market market = new Market(Instruments.of(1), 1, TRADES.getFirst());

        for (Trade trade : TRADES) {
            Quote quote = market.trade(trade).getFirst();
            assertThat(quote.symbol()).isEqualTo("BTCUSD");
            assertThat(quote.last()).isEqualTo(trade.price());
            assertThat(quote.tradedAt().getEpochSecond()).isEqualTo(trade.second());
        }
    }

    @Test
    void bidIsBelowAndAskAboveTheLastPrice() {
        assertThat(play(3)).allSatisfy(quote -> {
            assertThat(quote.bid()).isLessThan(quote.last()).isPositive();
            assertThat(quote.ask()).isGreaterThan(quote.last());
        });
    }

    @Test
    void theThinlyTradedInstrumentMovesOnlyWhenToldTo() {
        Market market = new Market(Instruments.of(1), 1, TRADES.getFirst());
        BigDecimal before = market.opening().getLast().last();

        assertThat(TRADES.stream().flatMap(trade -> market.trade(trade).stream()))
                .extracting(Quote::symbol)
                .doesNotContain(market.thinlyTraded())
                .contains("SYN001", "SYN498");
        assertThat(market.tradeThinlyTraded().symbol()).isEqualTo(market.thinlyTraded());
        assertThat(before).isPositive();
    }
}
