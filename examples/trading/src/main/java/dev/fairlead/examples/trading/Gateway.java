package dev.fairlead.examples.trading;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The service that shows prices on screens. It is told of at most one change per instrument and interval, and how many it stands for. */
final class Gateway implements AutoCloseable {
    static final String NAME = "gateway";

    /** The part of a quote that this service may see. */
    record Quote(String symbol, BigDecimal bid, BigDecimal ask, BigDecimal last, double volume) {}

    /** The part of an instrument that this service may see. */
    record Instrument(String symbol, String name) {}

    private static final StateItem<String, Quote> QUOTE = StateItem.of(FeedHandler.QUOTE, String.class, Quote.class);
    private static final StateItem<String, Instrument> INSTRUMENT =
            StateItem.of(Reference.INSTRUMENT, String.class, Instrument.class);

    private final Fairlead service;
    private final Copy<String, Quote> quotes;
    private final Copy<String, Instrument> instruments;
    private final Map<String, Quote> screen = new ConcurrentHashMap<>();
    private final LongAdder skipped = new LongAdder();

    Gateway(Services services) {
        this.service = services.open(NAME, QUOTE, INSTRUMENT);
        this.quotes = service.copy(QUOTE);
        this.instruments = service.copy(INSTRUMENT);
        quotes.listen(this::show);
    }

    private void show(Change<String, Quote> change) {
        skipped.add(change.conflated());
        switch (change) {
            case Change.Updated<String, Quote> updated -> screen.put(updated.key(), updated.value());
            case Change.Removed<String, Quote> removed -> screen.remove(removed.key());
            case Change.Erased<String, Quote> erased -> screen.remove(erased.key());
        }
    }

    /** Fills the screens with what was there before the first change. */
    void fill(Duration wait) {
        quotes.awaitLive(wait);
        quotes.snapshot().values().forEach(screen::putIfAbsent);
    }

    /** What the screens show of each instrument. */
    Map<String, Quote> screen() {
        return Map.copyOf(screen);
    }

    /** How many changes this service was told it has skipped. */
    long skipped() {
        return skipped.sum();
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
