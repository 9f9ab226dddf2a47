package dev.fairlead.examples.trading;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The service that values holdings, and goes on with old quotes as long as it can say how old they are. */
final class Portfolio implements AutoCloseable {
    static final String NAME = "portfolio";

    /** The part of a quote that this service may see. */
    record Quote(String symbol, BigDecimal last, Instant tradedAt) {}

    /** The part of an instrument that this service may see. */
    record Instrument(String symbol, String name, dev.fairlead.examples.trading.Instrument.Currency currency) {}

    /**
     * What the holdings are worth.
     *
     * @param total the sum of prices times pieces
     * @param valued how many holdings have a price
     * @param age how old the oldest price that is not fresh may be; zero when all are fresh
     */
    record Valuation(BigDecimal total, int valued, Duration age) {}

    private static final StateItem<String, Quote> QUOTE = StateItem.of(FeedHandler.QUOTE, String.class, Quote.class);
    private static final StateItem<String, Instrument> INSTRUMENT =
            StateItem.of(Reference.INSTRUMENT, String.class, Instrument.class);
    private static final BigDecimal PIECES = BigDecimal.TEN;

    private final Fairlead service;
    private final Copy<String, Quote> quotes;
    private final Copy<String, Instrument> instruments;
    private final List<String> holdings;
    private final LongAdder moves = new LongAdder();

    /** @param holdings the symbols that are held, ten pieces of each */
    Portfolio(Services services, List<String> holdings) {
        this.service = services.open(NAME, QUOTE, INSTRUMENT);
        this.quotes = service.copy(QUOTE);
        this.instruments = service.copy(INSTRUMENT);
        this.holdings = List.copyOf(holdings);
        quotes.listen(change -> moves.increment());
    }

    Valuation value() {
        BigDecimal total = BigDecimal.ZERO;
        Duration oldest = Duration.ZERO;
        int valued = 0;
        for (String symbol : holdings) {
            Reading<Quote> reading = quotes.read(symbol);
            if (reading instanceof Reading.Fresh<Quote>(Quote quote, Mark mark)) {
                total = total.add(quote.last().multiply(PIECES));
                valued++;
            } else if (reading instanceof Reading.Stale<Quote>(Quote quote, Mark mark, Duration age)) {
                total = total.add(quote.last().multiply(PIECES));
                valued++;
                oldest = age.compareTo(oldest) > 0 ? age : oldest;
            }
        }
        return new Valuation(total, valued, oldest);
    }

    List<String> holdings() {
        return holdings;
    }

    Copy<String, Quote> quotes() {
        return quotes;
    }

    List<Follows> follows() {
        return List.of(new Follows(NAME, "quote", quotes), new Follows(NAME, "instrument", instruments));
    }

    @Override
    public void close() {
        service.close();
    }
}
