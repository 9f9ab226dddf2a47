package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.calling.DistributedCall;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The letter boxes of those who ask and answer on each space. Safe for many threads. */
public final class LetterSpaces {
    private static final int MOST = 1_000;
    private static final String OWN_STORE = "";

    private final LongSupplier nanos;
    private final Map<String, Letters> letters = new HashMap<>();
    private boolean closed;

    /** @param nanos the time since a moment, by which they are new */
    public LetterSpaces(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Asks and answers beside the processes that use the node's own store; its user closes it, and can do so when all else here is closed. */
    public DistributedCall call() {
        return new DistributedCall("the node", TimeSource.SYSTEM, inbox -> NodeLetters.open(of(OWN_STORE), inbox));
    }

    synchronized Letters of(String space) {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the node is stopping");
        }
        if (letters.size() >= MOST) {
            letters.values().removeIf(Letters::isUnused);
        }
        return letters.computeIfAbsent(space, absent -> new Letters(nanos));
    }

    synchronized void remove(String space) {
        Letters left = letters.remove(space);
        if (left != null) {
            left.close();
        }
    }

    synchronized void close() {
        closed = true;
        letters.values().forEach(Letters::close);
    }
}
