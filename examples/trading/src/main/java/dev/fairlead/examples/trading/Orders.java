package dev.fairlead.examples.trading;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Buys a little of everything, a hundred times a second, until it is interrupted. */
final class Orders implements Runnable {
    private static final long PAUSE = Duration.ofMillis(10).toNanos();

    private final OrderEntry orderEntry;
    private final Market market;

    Orders(OrderEntry orderEntry, Market market) {
        this.orderEntry = orderEntry;
        this.market = market;
    }

    @Override
    public void run() {
        int turn = 0;
        while (!Thread.currentThread().isInterrupted()) {
            orderEntry.buy(market.symbol(turn++ % Instruments.COUNT));
            LockSupport.parkNanos(PAUSE);
        }
    }
}
