package dev.fairlead.api;

/**
 * What a follower does when a key is erased: erases what it has made of the key's events.
 *
 * <p>It is done when it returns, and the owner's report says so then. It may be called again for the same key, also for one that it
 * never heard of.
 */
@FunctionalInterface
public interface Erasing<K> {
    /**
     * Erases. What it throws is logged, and it is tried again as the failure policy says, while the key's later events wait. Then it is
     * parked, as an event would be, and the owner's report says why; it is tried again when the group is followed next, or when the
     * key is sent again.
     */
    void erase(K key) throws Exception;
}
