package dev.fairlead.examples.trading;

import java.math.BigDecimal;

/** What can be traded; the item {@code reference.instrument}. */
record Instrument(String symbol, String name, Currency currency, BigDecimal tickSize, int lotSize) {
    enum Currency {
        USD,
        EUR,
        GBP
    }
}
