package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.AppendRequest;
import java.util.ArrayDeque;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The appends of one writer that were sent and have not been heard of, and behind them those that are still to be sent. For one thread at a time. */
final class UnderWay {
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private final ArrayDeque<AppendRequest> unsent = new ArrayDeque<>();
    private long bytes;

    /** An append that was sent under the id. */
    record Sent(long id, AppendRequest request) {}

    void add(Collection<AppendRequest> requests) {
        unsent.addAll(requests);
    }

    boolean isEmpty() {
        return sent.isEmpty() && unsent.isEmpty();
    }

    boolean hasSent() {
        return !sent.isEmpty();
    }

    /** How many bytes were sent and not heard of. */
    long bytes() {
        return bytes;
    }

    /** The next that is to be sent; nothing when all have been. */
    @Nullable
    AppendRequest next() {
        AppendRequest next = unsent.poll();
        while (next != null && next.result().isDone()) {
            next = unsent.poll();
        }
        return next;
    }

    void sending(long id, AppendRequest request) {
        sent.add(new Sent(id, request));
        bytes += request.bytes();
    }

    /** The one that was sent last never left. */
    void takeBackLast() {
        bytes -= sent.removeLast().request().bytes();
    }

    /** The one that was sent before all others. */
    @Nullable
    Sent first() {
        return sent.peek();
    }

    void removeFirst() {
        bytes -= sent.remove().request().bytes();
    }

    /** What was sent and not heard of does not stand, and is to be sent again. */
    void sendAgain() {
        while (!sent.isEmpty()) {
            unsent.addFirst(sent.removeLast().request());
        }
        bytes = 0;
    }

    /** Nobody hears of those that were sent any more, and the others do not leave. */
    void end(FairleadException ofSent, FairleadException ofUnsent) {
        sent.forEach(each -> each.request().result().completeExceptionally(ofSent));
        unsent.forEach(each -> each.result().completeExceptionally(ofUnsent));
        unsent.clear();
    }

    void clear() {
        sent.clear();
        unsent.clear();
        bytes = 0;
    }
}
