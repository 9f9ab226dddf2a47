package dev.fairlead.examples.trading;

import java.util.List;

/**
 * The longest time without a trade.
 *
 * @param lastBefore the index of the last trade before it
 * @param from that trade's second
 * @param to the next trade's second
 */
record Silence(int lastBefore, long from, long to) {
    /** The longest silence in the trades; of length zero when there is only one trade. */
    static Silence longest(List<Trade> trades) {
        int longest = 0;
        for (int i = 1; i + 1 < trades.size(); i++) {
            if (length(trades, i) > length(trades, longest)) {
                longest = i;
            }
        }
        long from = trades.get(longest).second();
        return new Silence(longest, from, from + length(trades, longest));
    }

    private static long length(List<Trade> trades, int index) {
        return index + 1 < trades.size()
                ? trades.get(index + 1).second() - trades.get(index).second()
                : 0;
    }

    long seconds() {
        return to - from;
    }
}
