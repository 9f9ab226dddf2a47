package dev.fairlead.api;

/**
 * What a follower does when a key is erased: erases what it has made of the key's events.
 *
 * <p>It is done when it returns, and the owner's report says so then. It may be called again for the same key, also for one that it
 * never heard of.
 */
@FunctionalInterface
public interface Erasing<K> {
    /** Erases; what it throws is logged, and it is tried again with growing delay, without end, while the key's later events wait. */
    void erase(K key) throws Exception;
}
