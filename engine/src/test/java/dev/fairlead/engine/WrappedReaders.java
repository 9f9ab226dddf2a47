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
import java.util.function.UnaryOperator;

/** Mechanisms whose readers are wrapped on their way out. */
final class WrappedReaders {
    private WrappedReaders() {}

    static Mechanism of(Mechanism mechanism, UnaryOperator<LogReader> wrapping) {
        return (Mechanism) Proxy.newProxyInstance(
                WrappedReaders.class.getClassLoader(),
                new Class<?>[] {Mechanism.class, Log.class, Table.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(mechanism, arguments);
                        return result instanceof LogReader reader ? wrapping.apply(reader) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Owners beat all the time: each reader is woken by a beat before it gets records, as from a real server. */
    static Mechanism beaten(Mechanism mechanism) {
        return of(mechanism, Beaten::new);
    }

    /** Does what the reader inside does. */
    static class Wrapped implements LogReader {
        private final LogReader inner;

        Wrapped(LogReader inner) {
            this.inner = inner;
        }

        @Override
        public LogBatch poll(int maxRecords, Duration wait) {
            return inner.poll(maxRecords, wait);
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

    private static final class Beaten extends Wrapped {
        private int polls;

        Beaten(LogReader inner) {
            super(inner);
        }

        @Override
        public LogBatch poll(int maxRecords, Duration wait) {
            if (polls++ % 3 == 2) {
                return super.poll(maxRecords, wait);
            }
            LogBatch none = super.poll(0, Duration.ZERO);
            return new LogBatch(
                    List.of(),
                    none.bounds(),
                    new Beat(1, Instant.EPOCH, none.bounds().end()));
        }
    }
}
