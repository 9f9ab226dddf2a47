package dev.fairlead.node.limits;

import dev.fairlead.planner.OutsideView;
import dev.fairlead.spi.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what each outside client takes of each view: how fast, and how much in a window that begins with its first call.
 *
 * <p>It is counted in memory, and forgotten for clients of whom nothing would be known but that they may call. When too many are counted nobody
 * new is admitted, since whoever is not counted would have no limit. Safe for many threads.
 */
public final class ClientAllowances {
    private static final long SECOND = 1_000_000_000L;

    private final TimeSource time;
    private final int most;
    private final Map<Of, Taken> taken = new HashMap<>();

    private record Of(String view, String client) {}

    /** @param most clients that are counted at once, each for each view */
    public ClientAllowances(TimeSource time, int most) {
        this.time = time;
        this.most = most;
    }

    private static final class Taken {
        private long paidUntil;
        private long windowEnd;
        private long inWindow;

        private Taken(long now) {
            paidUntil = now;
            windowEnd = now;
        }

        private boolean isForgettable(long now) {
            return paidUntil - now <= 0 && windowEnd - now <= 0;
        }

        /** What is paid for in advance: a call costs its share of the window, and up to a window may be spent before it has passed. */
        private long ahead(long now) {
            return Math.max(0, paidUntil - now);
        }

        private long used(long now) {
            return windowEnd - now <= 0 ? 0 : inWindow;
        }

        private long rateWait(OutsideView.@Nullable Allowance rate, long now) {
            return rate == null
                    ? 0
                    : Math.max(0, ahead(now) + cost(rate) - rate.window().toNanos());
        }

        private long quotaWait(OutsideView.@Nullable Allowance quota, long now) {
            return quota == null || used(now) < quota.calls() ? 0 : windowEnd - now;
        }

        private void spend(OutsideView.Limits limits, long now) {
            OutsideView.Allowance rate = limits.rate();
            if (rate != null) {
                paidUntil = now + ahead(now) + cost(rate);
            }
            OutsideView.Allowance quota = limits.quota();
            if (quota != null) {
                inWindow = used(now) + 1;
                windowEnd = windowEnd - now <= 0 ? now + quota.window().toNanos() : windowEnd;
            }
        }

        private List<Spent> left(OutsideView.Limits limits, long now) {
            List<Spent> left = new ArrayList<>();
            OutsideView.Allowance rate = limits.rate();
            if (rate != null) {
                long calls = (rate.window().toNanos() - ahead(now)) / cost(rate);
                left.add(new Spent("rate", rate, Math.max(0, calls), seconds(Math.max(1, ahead(now)))));
            }
            OutsideView.Allowance quota = limits.quota();
            if (quota != null) {
                left.add(new Spent("quota", quota, quota.calls() - used(now), seconds(Math.max(1, windowEnd - now))));
            }
            return left;
        }
    }

    private static long cost(OutsideView.Allowance rate) {
        return Math.max(1, rate.window().toNanos() / rate.calls());
    }

    private static long seconds(long nanos) {
        return (nanos + SECOND - 1) / SECOND;
    }

    /** A client calls. Nothing is taken when it is not admitted. */
    public synchronized Taking take(String view, String client, OutsideView.Limits limits) {
        if (limits.rate() == null && limits.quota() == null) {
            return new Taking(CallerRooms.Admission.ADMITTED, List.of(), 0);
        }
        long now = time.nanos();
        Of of = new Of(view, client);
        Taken so = taken.get(of);
        if (so == null) {
            if (taken.size() >= most) {
                taken.values().removeIf(each -> each.isForgettable(now));
            }
            if (taken.size() >= most) {
                return new Taking(CallerRooms.Admission.FULL, List.of(), 1);
            }
            so = new Taken(now);
            taken.put(of, so);
        }
        long wait = Math.max(so.rateWait(limits.rate(), now), so.quotaWait(limits.quota(), now));
        if (wait > 0) {
            return new Taking(CallerRooms.Admission.TOO_FAST, so.left(limits, now), seconds(wait));
        }
        so.spend(limits, now);
        return new Taking(CallerRooms.Admission.ADMITTED, so.left(limits, now), 0);
    }
}
