package dev.fairlead.spi.calling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of one answerer: how many are taken, which are promised, and to whom one was refused.
 *
 * <p>Places that become free are promised to those who were refused, first come, first served, for a moment; so an asker that comes often
 * takes none away from one that waits. Not safe for threads.
 */
final class Places {
    static final long PROMISE_NANOS = 1_000_000_000L;
    private static final int MOST_REFUSED = 4096;

    private final int room;
    private final Map<String, Promise> promised = new LinkedHashMap<>();
    private final Map<String, Integer> refused = new LinkedHashMap<>();
    private int taken;
    private int kept;

    private record Promise(int places, long until) {}

    /** What an asker is to be told. */
    record Offer(String asker, int places) {}

    Places(int room) {
        this.room = room;
    }

    /**
     * Whether the asker gets a place; if not, it is promised one later.
     *
     * @param more how many more it waits for
     */
    boolean take(String asker, int more, long now) {
        expire(now);
        Promise own = promised.remove(asker);
        if (own != null) {
            kept -= own.places();
            keep(asker, more > 0 ? own.places() - 1 : 0, own.until());
        } else if (taken + kept >= room) {
            refuse(asker, more + 1);
            return false;
        }
        taken++;
        if (more > 0 && !promised.containsKey(asker)) {
            refuse(asker, more);
        }
        return true;
    }

    private void refuse(String asker, int wanted) {
        if (refused.size() < MOST_REFUSED) {
            refused.merge(asker, wanted, Math::max);
        }
    }

    private void keep(String asker, int places, long until) {
        if (places > 0) {
            promised.put(asker, new Promise(places, until));
            kept += places;
        }
    }

    /** A place is free again. */
    List<Offer> release(long now) {
        taken--;
        return offers(now);
    }

    /** The asker does not want what it was promised. */
    List<Offer> pass(String asker, long now) {
        Promise own = promised.remove(asker);
        if (own != null) {
            kept -= own.places();
        }
        return offers(now);
    }

    /** Promises the places that are free to those who were refused. */
    List<Offer> offers(long now) {
        expire(now);
        List<Offer> offers = new ArrayList<>();
        while (taken + kept < room && !refused.isEmpty()) {
            int free = room - taken - kept;
            Map.Entry<String, Integer> first = refused.entrySet().iterator().next();
            String asker = first.getKey();
            int places = Math.min(Math.max(1, free / refused.size()), first.getValue());
            refused.remove(asker);
            Promise before = promised.remove(asker);
            int already = before == null ? 0 : before.places();
            kept -= already;
            keep(asker, already + places, now + PROMISE_NANOS);
            offers.add(new Offer(asker, places));
        }
        return offers;
    }

    private void expire(long now) {
        promised.values().removeIf(promise -> {
            boolean over = now - promise.until() >= 0;
            if (over) {
                kept -= promise.places();
            }
            return over;
        });
    }
}
