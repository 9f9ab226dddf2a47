package dev.fairlead.examples.trading;

import dev.fairlead.api.CopyStatistics;
import dev.fairlead.api.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What there is to see at one moment.
 *
 * @param elapsed since the market opened
 * @param length of the run
 * @param speed of the file
 * @param fileTime up to which the file is played
 * @param market the state of the owner
 * @param rows one for each copy
 * @param use what readers do with their copies
 */
record Scene(
        Duration elapsed,
        Duration length,
        double speed,
        Instant fileTime,
        OfMarket market,
        List<Row> rows,
        OfReaders use) {

    /** The real instrument's quote, and how many quotes were published. */
    record OfMarket(String quote, long published) {}

    /** One copy. */
    record Row(String reader, String item, Health health, CopyStatistics counts, long keys) {}

    /** Orders of order-entry, and the portfolio's value. */
    record OfReaders(long sent, long refused, Portfolio.Valuation valuation) {}
}
