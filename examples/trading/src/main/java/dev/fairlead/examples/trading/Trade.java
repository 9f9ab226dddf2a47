package dev.fairlead.examples.trading;

import java.math.BigDecimal;

/**
 * One trade on the exchange.
 *
 * @param second when, in seconds since 1970
 * @param price in the quote currency, to the cent
 * @param amount how much changed hands
 */
record Trade(long second, BigDecimal price, double amount) {}
