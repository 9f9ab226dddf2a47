package dev.fairlead.examples.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A sale as checkout knows it from its events. What changes it holds its lock. */
final class OpenSale {
    /** How far a sale is. */
    enum Stage {
        COLLECTING,
        PAYING,
        DONE,
        FAILED
    }

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final ReentrantLock lock = new ReentrantLock();
    private volatile Stage stage = Stage.COLLECTING;
    private volatile long version;
    private @Nullable String customerId;
    private String shipper = "";
    private BigDecimal sum = BigDecimal.ZERO;
    private int percent;

    <T> T held(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Takes in the next event. */
    void apply(Sale event, long newVersion) {
        switch (event) {
            case Sale.SaleBegun begun -> customerId = begun.customerId();
            case Sale.ItemAdded item -> sum = sum.add(item.amount().multiply(BigDecimal.valueOf(item.quantity())));
            case Sale.CouponApplied coupon -> percent = coupon.percent();
            case Sale.ShipperSelected selected -> shipper = selected.shipper();
            case Sale.CardSubmitted card -> stage = Stage.PAYING;
            case Sale.SaleDone done -> stage = Stage.DONE;
            case Sale.SaleFailed failed -> stage = Stage.FAILED;
        }
        version = newVersion;
    }

    /** What the customer pays, coupon included. */
    BigDecimal total() {
        return sum.multiply(BigDecimal.valueOf(100L - percent)).divide(HUNDRED, 2, RoundingMode.HALF_EVEN);
    }

    Stage stage() {
        return stage;
    }

    boolean isOver() {
        return stage == Stage.DONE || stage == Stage.FAILED;
    }

    long version() {
        return version;
    }

    @Nullable
    String customerId() {
        return customerId;
    }

    String shipper() {
        return shipper;
    }
}
