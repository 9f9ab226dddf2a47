package dev.fairlead.examples.trading;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The prices of all instruments: one follows the real trades, the others move with it.
 *
 * <p>The file has trades and no order book, so bid and ask are made around each price. Each trade also moves a few synthetic
 * instruments by the real price's move, times their own factor, plus noise. The last instrument never moves by itself: it is
 * the thinly traded one, and moves only by {@link #tradeThinlyTraded}. The same seed and trades give the same quotes. Safe for
 * many threads.
 */
final class Market {
    private static final int MOST_FOLLOWERS = 20;
    private static final double NOISE = 0.0004;

    private final List<Instrument> instruments;
    private final Random random;
    private final double[] prices;
    private final double[] factors;
    private final double[] volumes;
    private double real;
    private Instant time;

    /** @param opening the trade whose price and time the market begins with */
    Market(List<Instrument> instruments, long seed, Trade opening) {
        this.instruments = List.copyOf(instruments);
        this.random = new Random(seed ^ 0x5DEECE66DL);
        this.prices = new double[instruments.size()];
        this.factors = new double[instruments.size()];
        this.volumes = new double[instruments.size()];
        this.real = opening.price().doubleValue();
        this.time = Instant.ofEpochSecond(opening.second());
        prices[0] = real;
        for (int i = 1; i < prices.length; i++) {
            prices[i] = 5 + 500 * random.nextDouble();
            factors[i] = 2 * random.nextDouble() - 0.5;
        }
    }

    String symbol(int index) {
        return instruments.get(index).symbol();
    }

    String thinlyTraded() {
        return instruments.getLast().symbol();
    }

    /** A quote of every instrument. */
    synchronized List<Quote> opening() {
        List<Quote> quotes = new ArrayList<>(instruments.size());
        for (int i = 0; i < instruments.size(); i++) {
            quotes.add(quote(i));
        }
        return quotes;
    }

    /** The quotes that the trade changes, the real one first. */
    synchronized List<Quote> trade(Trade trade) {
        time = Instant.ofEpochSecond(trade.second());
        double move = trade.price().doubleValue() / real - 1;
        real = trade.price().doubleValue();
        prices[0] = real;
        volumes[0] += trade.amount();
        List<Quote> quotes = new ArrayList<>();
        quotes.add(quote(0));
        int followers = random.nextInt(MOST_FOLLOWERS + 1);
        for (int n = 0; n < followers; n++) {
            int follower = 1 + random.nextInt(instruments.size() - 2);
            move(follower, factors[follower] * move + NOISE * random.nextGaussian());
            quotes.add(quote(follower));
        }
        return quotes;
    }

    /** A trade of the instrument that nothing else moves. */
    synchronized Quote tradeThinlyTraded() {
        int last = instruments.size() - 1;
        move(last, NOISE * random.nextGaussian());
        return quote(last);
    }

    private void move(int index, double by) {
        prices[index] = Math.clamp(prices[index] * (1 + by), 1, 1_000_000);
        volumes[index] += 1 + random.nextInt(100);
    }

    private Quote quote(int index) {
        long cents = Math.round(prices[index] * 100);
        long half = Math.max(1, cents / 5000);
        return new Quote(
                instruments.get(index).symbol(),
                BigDecimal.valueOf(cents - half, 2),
                BigDecimal.valueOf(cents + half, 2),
                1 + random.nextInt(50),
                1 + random.nextInt(50),
                BigDecimal.valueOf(cents, 2),
                Math.round(volumes[index] * 1e8) / 1e8,
                time);
    }
}
