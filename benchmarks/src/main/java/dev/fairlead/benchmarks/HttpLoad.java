package dev.fairlead.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Calls of many connections at a server, each of which expects the same status.
 *
 * @param port of the server
 * @param status that every answer has
 * @param requests by number; the connections take turns with the numbers
 */
record HttpLoad(int port, int status, IntFunction<byte[]> requests) {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How many calls a second come back when each connection sends the next as soon as it has its answer. */
    double rate(int connections, int count) throws Exception {
        long begin = System.nanoTime();
        call(connections, count, this::expect);
        return count / Seconds.since(begin);
    }

    /**
     * How long the calls took, in microseconds, at a steady rate over all connections: from the moment at which each was due, so that a server that
     * falls behind is not given time.
     */
    double[] times(int connections, int count, double perSecond) throws Exception {
        double[] micros = new double[count];
        long begin = System.nanoTime() + NANOS / 20;
        call(connections, count, (caller, number) -> {
            long due = begin + (long) (number * (NANOS / perSecond));
            sleepUntil(due);
            expect(caller, number);
            micros[number] = (System.nanoTime() - due) / 1e3;
        });
        return micros;
    }

    /** One of the calls of a connection. */
    @FunctionalInterface
    private interface Step {
        void call(HttpCaller caller, int number) throws IOException;
    }

    private void call(int connections, int count, Step step) throws Exception {
        List<Callable<?>> work = new ArrayList<>();
        for (int connection = 0; connection < connections; connection++) {
            int first = connection;
            work.add(() -> {
                try (HttpCaller caller = new HttpCaller(port)) {
                    for (int number = first; number < count; number += connections) {
                        step.call(caller, number);
                    }
                }
                return null;
            });
        }
        Together.run(work);
    }

    static void sleepUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void expect(HttpCaller caller, int number) throws IOException {
        int come = caller.call(requests.apply(number));
        if (come != status) {
            throw new IllegalStateException("call " + number + " was answered with " + come + ", not " + status);
        }
    }
}
