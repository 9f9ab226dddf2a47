package dev.fairlead.api;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One service's access to the data that it owns and reads, as its plan says.
 *
 * <p>Safe for many threads. {@link #close} ends the copies, owners, handlers and questions made here; it may be called twice and while they are busy.
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

    /** Opens a copy as {@link #copy(StateItem)} does, with a {@linkplain Copy#listen listener} that hears of every change from its first record on. */
    <K, V> Copy<K, V> copy(StateItem<K, V> item, Consumer<Change<K, V>> listener);

    /**
     * Gives access to a log of events: to append for its owner, to read and follow for its owner and its declared readers.
     *
     * <p>The first append takes the item over from an earlier owner, as {@link #own} does.
     */
    <K, E> Events<K, E> events(EventItem<K, E> item);

    /**
     * Looks single keys of the item up in the owner's table, for a need that no copy is worth.
     *
     * @throws FairleadException with {@link ErrorCode#CAPABILITY} when the item's mechanism has no lookups
     */
    <K, V> Lookup<K, V> lookup(StateItem<K, V> item);

    /**
     * Lets the handler answer the item's questions from now on; only the owner may. Several handlers and instances of the owner
     * share the questions in turn.
     */
    <Q, A> Answering answer(RequestItem<Q, A> item, RequestHandler<Q, A> handler);

    /**
     * Asks the item's owner and waits for the answer, until the deadline of the plan at most; inside a handler, on its thread, no longer
     * than the question that it answers allows. Each question has one outcome:
     *
     * <ul>
     *   <li>the answer;
     *   <li>{@link ErrorCode#REFUSED}: the handler refused, {@link RequestRefused#of} tells why; {@link ErrorCode#FAILED}: it failed;
     *   <li>it surely never ran: {@link ErrorCode#UNREACHABLE} (nobody answers, too many questions wait, or too many of the last ones
     *       failed), {@link ErrorCode#DEADLINE} (no room until then), {@link ErrorCode#BAD_VALUE}, {@link ErrorCode#CAPABILITY};
     *   <li>it may have run: {@link ErrorCode#OUTCOME_UNKNOWN}, also when this thread is interrupted, which stays so;
     *       {@link ErrorCode#CLOSED}, when this service was closed.
     * </ul>
     *
     * <p>Where the plan says {@code idempotent: true} and the need says {@code within}, an answer to the same question that is no older
     * may be given again without asking.
     *
     * <p>Only where the plan says {@code idempotent: true} a question that failed with FAILED, UNREACHABLE or OUTCOME_UNKNOWN is
     * asked again before the deadline, with the same {@link Asked#key}, a few times. Of the failures the last one that leaves open
     * whether the question ran is reported.
     */
    <Q, A> A ask(RequestItem<Q, A> item, Q question);

    /**
     * Asks as {@link #ask} does, on a virtual thread of its own, which also runs what depends on the future. Too many at once are refused
     * with {@link ErrorCode#UNREACHABLE}. To cancel the future does not stop the question.
     */
    <Q, A> CompletableFuture<A> askAsync(RequestItem<Q, A> item, Q question);

    /**
     * Tells the item's owner something that it will handle, now or when it is there again. When this returns, that is kept as durably as the plan
     * says; one of the owner's instances handles it, at least once and in no order.
     *
     * <p>Fails with {@link ErrorCode#BAD_VALUE}, {@link ErrorCode#CAPABILITY}, {@link ErrorCode#STORAGE_FULL}, {@link ErrorCode#UNREACHABLE}
     * or {@link ErrorCode#CLOSED} when nothing was told, and with {@link ErrorCode#OUTCOME_UNKNOWN} when nobody can tell: then it may be told
     * again with the same {@link Telling#withKey key}.
     */
    default <Q> TellReceipt tell(TellItem<Q> item, Q question) {
        return tell(item, question, Telling.now());
    }

    /** Tells as {@link #tell(TellItem, Object)} does, for later or under a key of the caller's. */
    <Q> TellReceipt tell(TellItem<Q> item, Q question, Telling how);

    /**
     * Tells without waiting for the disk; the future completes on a thread that others wait for, so that what depends on it must not block.
     * Blocks only while very much waits to be written.
     */
    <Q> CompletableFuture<TellReceipt> tellAsync(TellItem<Q> item, Q question, Telling how);

    /**
     * Lets the handler handle what the item is told from now on, and what waits already; only the owner may. Several handlers and
     * instances of the owner compete for it. What fails is tried again as the plan's {@code when-failing} says, or {@link FailurePolicy#usual} if it says
     * nothing, then set aside as a dead letter.
     */
    <Q> Handling<Q> handle(TellItem<Q> item, TellHandler<Q> handler);

    /** The same with a policy of this handler's own, whatever the plan says. */
    <Q> Handling<Q> handle(TellItem<Q> item, TellHandler<Q> handler, FailurePolicy policy);

    /** What this service has counted of its own questions to the item. */
    RequestStatistics statistics(RequestItem<?, ?> item);

    @Override
    void close();
}
