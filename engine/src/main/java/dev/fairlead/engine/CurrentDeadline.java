package dev.fairlead.engine;

import java.util.Optional;
import java.util.concurrent.Callable;

/** The deadline of the question that a thread is answering, so that what it asks meanwhile has no later one. */
final class CurrentDeadline {
    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

    private CurrentDeadline() {}

    static Optional<Deadline> get() {
        return Optional.ofNullable(CURRENT.get());
    }

    static <A> A during(Deadline deadline, Callable<A> work) throws Exception {
        Optional<Deadline> before = get();
        CURRENT.set(deadline);
        try {
            return work.call();
        } finally {
            before.ifPresentOrElse(CURRENT::set, CURRENT::remove);
        }
    }
}
