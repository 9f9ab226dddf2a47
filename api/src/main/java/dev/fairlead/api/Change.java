package dev.fairlead.api;

/** A change of one key, as a copy applied it. */
public sealed interface Change<K, V> {
    /** The key that changed. */
    K key();

    /** The state after the change. */
    Mark mark();

    /** How many earlier changes of this key were skipped in favour of this one; always 0 without {@code conflate}. */
    long conflated();

    /** The key has a new value. */
    record Updated<K, V>(K key, V value, Mark mark, long conflated) implements Change<K, V> {}

    /** The key has no value any more. */
    record Removed<K, V>(K key, Mark mark, long conflated) implements Change<K, V> {}

    /** The key was erased: it has no value any more, and what was made of its values is to be erased too. */
    record Erased<K, V>(K key, Mark mark, long conflated) implements Change<K, V> {}
}
