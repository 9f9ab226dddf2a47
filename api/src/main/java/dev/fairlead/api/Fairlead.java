package dev.fairlead.api;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * One service's access to the data that it owns and reads, as its plan says.
 *
 * <p>Safe for many threads. {@link #close} ends the copies and owners made here; it may be called twice and while they are busy.
 */
public interface Fairlead extends AutoCloseable {
    /**
     * Opens the service on the plan files below the folder and checks the given handles against them.
     *
     * @throws FairleadException with {@link ErrorCode#PLAN} when the plan has errors (the message lists all of them), with
     *     {@link ErrorCode#HANDLE_MISMATCH} when a handle does not fit
     */
    static Fairlead open(String service, Path plan, Item... items) {
        return ServiceLoader.load(FairleadFactory.class)
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.INTERNAL, "no engine on the class path (add dev.fairlead:fairlead-engine)"))
                .open(service, plan, List.of(items));
    }

    /** The service's name in the plan. */
    String service();

    /** Takes the item over: from now on this instance is its one writer, and an earlier one is fenced off. */
    <K, V> Owner<K, V> own(StateItem<K, V> item);

    /** Opens a copy of the item; it is {@link HealthState#LOADING} at first, and loads in the background. */
    <K, V> Copy<K, V> copy(StateItem<K, V> item);

    /**
     * Gives access to a log of events: to append for its owner, to read and follow for its owner and its declared readers.
     *
     * <p>The first append takes the item over from an earlier owner, as {@link #own} does.
     */
    <K, E> Events<K, E> events(EventItem<K, E> item);

    @Override
    void close();
}
