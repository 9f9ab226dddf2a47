package dev.fairlead.architecture.violating.engine.pump;

import dev.fairlead.architecture.violating.engine.Careless;

public final class PumpManager {
    private final Careless engine;

    public PumpManager(Careless engine) {
        this.engine = engine;
    }

    public Careless rest() throws InterruptedException {
        Thread.sleep(1);
        return engine.pump().rest();
    }
}
