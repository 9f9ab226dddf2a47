package dev.fairlead.examples.trading;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Health;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The service that sends orders, and refuses to on a quote that is older than its plan allows. */
final class OrderEntry implements AutoCloseable {
    static final String NAME = "order-entry";

    /** The part of a quote that this service may see. */
    record Quote(String symbol, BigDecimal bid, BigDecimal ask, double bidSize, double askSize) {}

    /** The part of an instrument that this service may see. */
    record Instrument(String symbol, BigDecimal tickSize, int lotSize) {}

    /** What became of an order. */
    sealed interface Outcome {
        /** It went to the exchange. */
        record Sent(BigDecimal price, int quantity) implements Outcome {}

        /** It did not go, because the quote was this old. */
        record Refused(Duration age) implements Outcome {}

        /** It did not go, because there was nothing to decide on. */
        record Impossible(String why) implements Outcome {}
    }

    private static final StateItem<String, Quote> QUOTE = StateItem.of(FeedHandler.QUOTE, String.class, Quote.class);
    private static final StateItem<String, Instrument> INSTRUMENT =
            StateItem.of(Reference.INSTRUMENT, String.class, Instrument.class);

    private final Fairlead service;
    private final Copy<String, Quote> quotes;
    private final Copy<String, Instrument> instruments;
    private final LongAdder sent = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile BigDecimal bestAsk = BigDecimal.valueOf(Long.MAX_VALUE);

    OrderEntry(Services services) {
        this.service = services.open(NAME, QUOTE, INSTRUMENT);
        this.quotes = service.copy(QUOTE);
        this.instruments = service.copy(INSTRUMENT);
        quotes.listen(this::watch);
    }

    private void watch(Change<String, Quote> change) {
        if (change instanceof Change.Updated<String, Quote>(String symbol, Quote quote, Mark mark, long conflated)
                && symbol.equals(Instruments.BITCOIN)) {
            bestAsk = bestAsk.min(quote.ask());
        }
    }

    /** Buys one lot at the ask. */
    Outcome buy(String symbol) {
        Outcome outcome = switch (quotes.read(symbol)) {
            case Reading.Fresh<Quote>(Quote quote, Mark mark) -> priced(quote);
            case Reading.Stale<Quote>(Quote quote, Mark mark, Duration age) -> new Outcome.Refused(age);
            case Reading.Absent<Quote> absent -> new Outcome.Impossible("no quote of " + symbol);
            case Reading.Unready<Quote>(Health health) -> new Outcome.Impossible("quotes are " + health.state());
        };
        if (outcome instanceof Outcome.Sent) {
            sent.increment();
        } else {
            refused.increment();
        }
        return outcome;
    }

    private Outcome priced(Quote quote) {
        return switch (instruments.read(quote.symbol())) {
            case Reading.Fresh<Instrument>(Instrument instrument, Mark mark) ->
                new Outcome.Sent(quote.ask(), instrument.lotSize());
            case Reading.Stale<Instrument>(Instrument instrument, Mark mark, Duration age) -> new Outcome.Refused(age);
            case Reading.Absent<Instrument> absent -> new Outcome.Impossible("no instrument " + quote.symbol());
            case Reading.Unready<Instrument>(Health health) ->
                new Outcome.Impossible("instruments are " + health.state());
        };
    }

    Copy<String, Quote> quotes() {
        return quotes;
    }

    List<Follows> follows() {
        return List.of(new Follows(NAME, "quote", quotes), new Follows(NAME, "instrument", instruments));
    }

    long sent() {
        return sent.sum();
    }

    long refused() {
        return refused.sum();
    }

    /** The lowest price at which the real instrument could be bought so far. */
    BigDecimal bestAsk() {
        return bestAsk;
    }

    @Override
    public void close() {
        service.close();
    }
}
