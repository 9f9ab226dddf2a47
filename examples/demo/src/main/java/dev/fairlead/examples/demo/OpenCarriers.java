package dev.fairlead.examples.demo;

import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The open mechanisms of a demo; closing closes them all. */
public final class OpenCarriers implements AutoCloseable {
    private final List<Mechanism> mechanisms = new ArrayList<>();

    private OpenCarriers() {}

    static OpenCarriers open(Carriers carriers, Path folder, TimeSource time) {
        OpenCarriers open = new OpenCarriers();
        try {
            carriers.all().forEach(carrier -> open.mechanisms.add(carrier.open(folder, time)));
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    public List<Mechanism> mechanisms() {
        return List.copyOf(mechanisms);
    }

    @Override
    public void close() {
        mechanisms.reversed().forEach(Closing::quietly);
    }
}
