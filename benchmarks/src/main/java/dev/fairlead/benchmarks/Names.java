package dev.fairlead.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;

/** Names for what is made anew for each round. */
final class Names {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Names() {}

    static String next(String begin) {
        return begin + NUMBER.incrementAndGet();
    }
}
