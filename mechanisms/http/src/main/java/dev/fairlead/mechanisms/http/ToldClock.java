package dev.fairlead.mechanisms.http;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets the node know of a clock that was moved, also while nothing else is called: something there may wait for that. */
final class ToldClock {
    private static final Duration LOOKS = Duration.ofMillis(5);

    private ToldClock() {}

    /** Looks at the clock again and again until the link is closed. */
    static void tell(NodeLink link, TimeSource clock) {
        Thread.ofVirtual().name("fairlead http clock").start(() -> {
            String told = "";
            while (!link.isClosed()) {
                String shown = NodeLink.shown(clock);
                if (!shown.equals(told)) {
                    link.showLife();
                    told = shown;
                }
                LockSupport.parkNanos(LOOKS.toNanos());
            }
        });
    }
}
