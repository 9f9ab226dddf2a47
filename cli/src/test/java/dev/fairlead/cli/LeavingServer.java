package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** The embedded mechanism as if a server were below it, which cannot be reached by some openings. */
final class LeavingServer {
    private final IntPredicate away;
    private final AtomicInteger openings = new AtomicInteger();
    private volatile boolean keepsData;

    /** @param away whether the opening with the number, from 1 on, finds no server */
    LeavingServer(IntPredicate away) {
        this.away = away;
    }

    /** From now on it says that nothing can be taken away. */
    void keepData() {
        keepsData = true;
    }

    int openings() {
        return openings.get();
    }

    ProvenData data(Durability durability) {
        return new Data(new ProvenMechanism(durability));
    }

    private final class Data implements ProvenData {
        private final ProvenMechanism inner;

        private Data(ProvenMechanism inner) {
            this.inner = inner;
        }

        @Override
        public String place() {
            return inner.place();
        }

        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public Durability durability() {
            return inner.durability();
        }

        @Override
        public Mechanism open(TimeSource time) {
            if (away.test(openings.incrementAndGet())) {
                throw new FairleadException(ErrorCode.UNREACHABLE, "nobody is there");
            }
            return inner.open(time);
        }

        @Override
        public void applyRetention(Mechanism mechanism, String log) {
            inner.applyRetention(mechanism, log);
        }

        @Override
        public void dispose() {
            inner.dispose();
            if (keepsData) {
                throw new FairleadException(ErrorCode.STORAGE_ACCESS, "it stays here");
            }
        }
    }
}
