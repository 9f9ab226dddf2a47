package dev.fairlead.engine;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Table;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The logs of a mechanism whose owners beat all the time: each reader is woken by a beat before it gets records, as from a real server. */
final class BeatenLogs {
    private BeatenLogs() {}

    static Mechanism of(Mechanism mechanism) {
        return (Mechanism) Proxy.newProxyInstance(
                BeatenLogs.class.getClassLoader(),
                new Class<?>[] {Mechanism.class, Log.class, Table.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(mechanism, arguments);
                        return result instanceof LogReader reader ? new Beaten(reader) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class Beaten implements LogReader {
        private final LogReader inner;
        private int polls;

        Beaten(LogReader inner) {
            this.inner = inner;
        }

        @Override
        public LogBatch poll(int maxRecords, Duration wait) {
            if (polls++ % 3 == 2) {
                return inner.poll(maxRecords, wait);
            }
            LogBatch none = inner.poll(0, Duration.ZERO);
            return new LogBatch(
                    List.of(),
                    none.bounds(),
                    new Beat(1, Instant.EPOCH, none.bounds().end()));
        }

        @Override
        public long next() {
            return inner.next();
        }

        @Override
        public void seek(long offset) {
            inner.seek(offset);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
