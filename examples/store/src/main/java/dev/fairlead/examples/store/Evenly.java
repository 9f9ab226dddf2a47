package dev.fairlead.examples.store;

/** Says yes exactly so many times in so many questions, at even distances. For one thread. */
final class Evenly {
    private final long wanted;
    private final long of;
    private long asked;

    /** @param from where in the rhythm it begins */
    Evenly(long wanted, long of, double from) {
        this.wanted = wanted;
        this.of = of;
        this.asked = (long) (from * of);
    }

    boolean next() {
        long before = asked * wanted / of;
        asked++;
        return asked * wanted / of > before;
    }
}
