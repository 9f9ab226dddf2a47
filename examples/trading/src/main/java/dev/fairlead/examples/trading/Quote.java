package dev.fairlead.examples.trading;

import java.math.BigDecimal;
import java.time.Instant;

/** The top of the book of one instrument, as its owner writes it; the item {@code feed-handler.quote}. */
record Quote(
        String symbol,
        BigDecimal bid,
        BigDecimal ask,
        double bidSize,
        double askSize,
        BigDecimal last,
        double volume,
        Instant tradedAt) {}
