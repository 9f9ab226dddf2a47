package dev.fairlead.planner;

import java.util.List;
import java.util.stream.Stream;

/** Streams that use all processors where there is much to do; what is collected from them keeps its order. */
public final class Cores {
    /** Fewer are done sooner than other threads have begun. */
    private static final int MANY = 200;

    private Cores() {}

    /** Of a long list a parallel stream. What is done for each element must not depend on the others. */
    public static <T> Stream<T> of(List<T> list) {
        return list.size() < MANY ? list.stream() : list.parallelStream();
    }
}
