package dev.fairlead.api;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Where the work of a thread comes from.
 *
 * <p>Handlers of events, questions and unconflated changes run with the origin of what they handle, and what they write, ask or tell
 * on that thread carries it on: see {@link #current}. A thread of the application's own, such as one that serves a web request, sets it by
 * {@link #during}.
 *
 * @param trace the step of the work
 * @param cause what made it happen; empty where it began
 */
public record Origin(Trace trace, Optional<Cause> cause) {
    private static final ThreadLocal<Origin> CURRENT = new ThreadLocal<>();

    /** Work that begins here, in a trace from outside. */
    public static Origin of(Trace trace) {
        return new Origin(trace, Optional.empty());
    }

    /** The origin of what this thread does; other threads that it starts do not inherit it. */
    public static Optional<Origin> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Does the work with this origin, on this thread; afterwards the thread has the one that it had. */
    public <T> T during(Callable<T> work) throws Exception {
        Origin before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            restore(before);
        }
    }

    /** The same for work that gives nothing back. */
    public void run(Runnable work) {
        Origin before = CURRENT.get();
        CURRENT.set(this);
        try {
            work.run();
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable Origin before) {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }

    /** The origin of what this one makes happen: a new step of its trace, with the same cause. */
    public Origin next() {
        return new Origin(trace.next(), cause);
    }
}
