package dev.fairlead.spi;

import dev.fairlead.api.Subscription;
import dev.fairlead.api.Trace;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What watches an engine at work: it may record each piece of work as a step of a trace, and read the counts of what is open.
 *
 * <p>An engine takes the one that it is given, or the first that {@link java.util.ServiceLoader} finds, or {@link #NONE}. It is called on the
 * threads that do the work, so that it must be quick and must not throw. Safe for many threads.
 */
public interface Telemetry {
    /** Watches nothing. */
    Telemetry NONE = new Telemetry() {};

    /** What is done. */
    enum Kind {
        /** A change of a state item is written. */
        PUT,
        /** An event is appended to the log, or written into an outbox. */
        APPEND,
        /** A question is asked, with all its attempts. */
        ASK,
        /** A question is answered, once for each attempt. */
        ANSWER,
        /** Something is told. */
        TELL,
        /** An event, or something that was told, is handled; once for each attempt. */
        HANDLE
    }

    /**
     * A kind of work at one place.
     *
     * @param service that does it
     * @param item the item's id
     * @param group that handles, when it is an event
     */
    record Work(Kind kind, String service, String item, Optional<String> group) {}

    /** One piece of work, from its begin to its end. */
    interface Step {
        /** Records nothing. */
        Step NONE = new Step() {};

        /** The step as records and questions carry it; null when it is none of a trace's. */
        default @Nullable Trace trace() {
            return null;
        }

        /** Does the work, on this thread, so that steps which it begins come below this one. */
        default <T> T during(Callable<T> work) throws Exception {
            return work.call();
        }

        /**
         * The work is over; called once, on any thread.
         *
         * @param failure why it failed; null when it did not
         */
        default void end(@Nullable Throwable failure) {}
    }

    /**
     * Work that goes out begins on this thread.
     *
     * @param origin of what the thread does, as Fairlead knows it; a step that the thread is in otherwise comes first
     */
    default Step begin(Work work, @Nullable Trace origin) {
        return Step.NONE;
    }

    /**
     * Work that came in begins.
     *
     * @param sent the step that sent it
     */
    default Step receive(Work work, Trace sent) {
        return Step.NONE;
    }

    /** Something is open from now on, until what is returned is closed. */
    default Subscription watch(Watched watched) {
        return () -> {};
    }
}
