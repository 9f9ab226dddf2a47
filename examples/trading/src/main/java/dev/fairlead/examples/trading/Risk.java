package dev.fairlead.examples.trading;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The service that watches moves. It joins late. */
final class Risk implements AutoCloseable {
    static final String NAME = "risk";

    /** The part of a quote that this service may see. */
    record Quote(String symbol, BigDecimal last, double volume, Instant tradedAt) {}

    /** The part of an instrument that this service may see. */
    record Instrument(String symbol, dev.fairlead.examples.trading.Instrument.Currency currency) {}

    private static final StateItem<String, Quote> QUOTE = StateItem.of(FeedHandler.QUOTE, String.class, Quote.class);
    private static final StateItem<String, Instrument> INSTRUMENT =
            StateItem.of(Reference.INSTRUMENT, String.class, Instrument.class);

    private final Fairlead service;
    private final Copy<String, Quote> quotes;
    private final Copy<String, Instrument> instruments;
    private final LongAdder moves = new LongAdder();

    Risk(Services services) {
        this.service = services.open(NAME, QUOTE, INSTRUMENT);
        this.quotes = service.copy(QUOTE);
        this.instruments = service.copy(INSTRUMENT);
        quotes.listen(this::check);
    }

    private void check(Change<String, Quote> change) {
        moves.increment();
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
