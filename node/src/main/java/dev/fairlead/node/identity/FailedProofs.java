package dev.fairlead.node.identity;

import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Slows those down who try what they might be let in by: after {@link #BURST} failures an address has one try a second. What was right before is looked at
 * all the same, so that nobody is shut out by whoever comes from the same address. Safe for many threads.
 */
final class FailedProofs {
    static final int BURST = 20;
    private static final long EACH = Duration.ofSeconds(1).toNanos();
    private static final int MOST = 10_000;

    /** By address the moment at which all its failures are forgiven. */
    private final Map<String, Long> failures = new Recent<>();

    private final Map<String, Boolean> good = new Recent<>();

    /** Keeps those that were used last. */
    private static final class Recent<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
        }
    }

    Identity guard(String address, String shown, Supplier<Identity> check) {
        String hash = HexFormat.of().formatHex(Roll.sha256(shown));
        if (!admits(address, hash)) {
            throw new TooManyFailures();
        }
        try {
            Identity identity = check.get();
            succeeded(hash);
            return identity;
        } catch (Unproven unproven) {
            failed(address, hash);
            throw unproven;
        }
    }

    private synchronized boolean admits(String address, String hash) {
        Long forgiven = failures.get(address);
        return good.get(hash) != null || forgiven == null || forgiven - System.nanoTime() <= (BURST - 1) * EACH;
    }

    private synchronized void succeeded(String hash) {
        good.put(hash, true);
    }

    private synchronized void failed(String address, String hash) {
        good.remove(hash);
        long now = System.nanoTime();
        Long forgiven = failures.get(address);
        long from = forgiven == null || forgiven - now < 0 ? now : forgiven;
        failures.put(address, from + EACH);
    }
}
