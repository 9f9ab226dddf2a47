package dev.fairlead.architecture.violating.engine;

import dev.fairlead.architecture.violating.engine.pump.PumpManager;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.util.logging.Logger;

public final class Careless {
    public PumpManager pump() {
        return new PumpManager(this);
    }

    public void log() {
        Logger.getGlobal().info("in the wrong log");
        System.out.println("on the wrong stream");
    }

    public void fail() {
        throw new RuntimeException("of no type that tells anything");
    }

    public Object read(InputStream in) throws Exception {
        return new ObjectInputStream(in).readObject();
    }
}
