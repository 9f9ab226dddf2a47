package dev.fairlead.examples.store;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the customers' side was told: its own account of the sales, to compare with the followers'. Safe for many threads. */
final class Receipts {
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> paying = new ConcurrentHashMap<>();

    void beginning(String saleId) {
        acknowledged.putIfAbsent(saleId, 0L);
    }

    /** The sale has so many events, as checkout says. */
    void acknowledged(String saleId, long version) {
        acknowledged.merge(saleId, version, Math::max);
    }

    /** Checkout has said what will be charged. */
    void paying(String saleId, BigDecimal total) {
        paying.put(saleId, total);
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
