package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.TimeSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The lines on which questions are asked in this process, one for each item that anybody ever answered for. */
final class Calls {
    private final Map<String, CallLine> lines = new ConcurrentHashMap<>();
    private final TimeSource time;

    Calls(TimeSource time) {
        this.time = time;
    }

    TimeSource time() {
        return time;
    }

    CallLine open(String item) {
        return lines.computeIfAbsent(item, CallLine::new);
    }

    @Nullable
    CallLine find(String item) {
        return lines.get(item);
    }
}
