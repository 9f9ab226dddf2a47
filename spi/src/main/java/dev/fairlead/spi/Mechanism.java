package dev.fairlead.spi;

import java.util.List;
import java.util.Set;

/**
 * What carries shared data: a broker, a store, or the embedded log.
 *
 * <p>What it can do shows in the optional interfaces that it also implements, {@link Log}, {@link Table}, {@link Topic}, {@link Call} and
 * {@link Queue},
 * and in its capabilities. Safe for many threads. {@link #close} may be called twice and while calls are under way: these end with
 * {@link dev.fairlead.api.ErrorCode#CLOSED}.
 */
public interface Mechanism extends AutoCloseable {
    /** The name that plans use, such as {@code embedded}. */
    String name();

    /** What this instance can do, with the settings that it was opened with. */
    Set<Capability> capabilities();

    /** The settings of the server below it that weaken what it promises, each with what would help; empty where there is none, or nothing to say. */
    default List<String> weakened() {
        return List.of();
    }

    @Override
    void close();
}
