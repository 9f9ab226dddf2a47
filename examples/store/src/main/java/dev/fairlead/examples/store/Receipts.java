package dev.fairlead.examples.store;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What the customers' side was told: its own account of the sales, to compare with the followers'. Safe for many threads. */
final class Receipts {
    static final String ACKNOWLEDGED = "acknowledged";

    private static final String BEGINNING = "beginning";
    private static final String PAYING = "paying";

    private final Consumer<String> told;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> paying = new ConcurrentHashMap<>();

    /** @param told hears of everything, as lines that {@link #note} understands */
    Receipts(Consumer<String> told) {
        this.told = told;
    }

    /** Takes in a line that receipts elsewhere have told; lines of others are passed over. */
    void note(String line) {
        String[] parts = line.split(" ", -1);
        switch (parts[0]) {
            case BEGINNING -> beginning(parts[1]);
            case ACKNOWLEDGED -> acknowledged(parts[1], Long.parseLong(parts[2]));
            case PAYING -> paying(parts[1], new BigDecimal(parts[2]));
            default -> {}
        }
    }

    void beginning(String saleId) {
        acknowledged.putIfAbsent(saleId, 0L);
        told.accept(BEGINNING + " " + saleId);
    }

    /** The sale has so many events, as checkout says. */
    void acknowledged(String saleId, long version) {
        acknowledged.merge(saleId, version, Math::max);
        told.accept(ACKNOWLEDGED + " " + saleId + " " + version);
    }

    /** Checkout has said what will be charged. */
    void paying(String saleId, BigDecimal total) {
        paying.put(saleId, total);
        told.accept(PAYING + " " + saleId + " " + total.toPlainString());
    }

    /** How many events of the sale are acknowledged. */
    long acknowledged(String saleId) {
        return acknowledged.getOrDefault(saleId, 0L);
    }

    /** How many events of each sale are acknowledged. */
    Map<String, Long> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** What is to be charged for each sale with a card. */
    Map<String, BigDecimal> paying() {
        return Map.copyOf(paying);
    }
}
