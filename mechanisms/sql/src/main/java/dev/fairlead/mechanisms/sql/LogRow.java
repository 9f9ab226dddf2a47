package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.Retention;
import dev.fairlead.spi.server.Nanos;
import java.time.Duration;

/** A log as it is defined; what never changes of its row. */
record LogRow(long id, String name, Retention retention) {
    private static final String ALL = "all";
    private static final String FOR = "for";
    private static final String LATEST = "latest";

    /** Whether its records can be looked up by key. */
    boolean keyed() {
        return retention instanceof Retention.LatestPerKey;
    }

    static String kind(Retention retention) {
        return switch (retention) {
            case Retention.KeepAll all -> ALL;
            case Retention.KeepFor time -> FOR;
            case Retention.LatestPerKey latest -> LATEST;
        };
    }

    static long nanos(Retention retention) {
        return retention instanceof Retention.KeepFor limited ? Nanos.of(limited.time()) : 0;
    }

    static Retention retention(String kind, long nanos) {
        return switch (kind) {
            case ALL -> new Retention.KeepAll();
            case FOR -> new Retention.KeepFor(Duration.ofNanos(nanos));
            default -> new Retention.LatestPerKey();
        };
    }
}
