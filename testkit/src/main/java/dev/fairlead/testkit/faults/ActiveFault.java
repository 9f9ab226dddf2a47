package dev.fairlead.testkit.faults;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A fault at work: what it really hit, and the switch. Safe for many threads. */
public final class ActiveFault {
    private final long most;
    private final BooleanSupplier chance;
    private final AtomicLong bites = new AtomicLong();
    private volatile boolean on = true;

    ActiveFault(long most, BooleanSupplier chance) {
        this.most = most;
        this.chance = chance;
    }

    /** How often it has hit. */
    public long bites() {
        return bites.get();
    }

    /** Switches it off; it keeps its count. */
    public void heal() {
        on = false;
    }

    /** Switches it on again. */
    public void resume() {
        on = true;
    }

    /** Takes one hit, if it is on, may still hit, and chance has it so. */
    boolean bites(BooleanSupplier fits) {
        if (!on || bites.get() >= most || !fits.getAsBoolean() || !chance.getAsBoolean()) {
            return false;
        }
        return bites.getAndUpdate(count -> count < most ? count + 1 : count) < most;
    }
}
