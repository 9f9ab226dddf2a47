package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether something that was made on the server is there again, with what it holds, after a kill. Safe for many threads.
 *
 * <p>A server of version 3 tells that a quorum queue is made, confirms what is sent there, and writes the queue's name to disk about a second
 * later, when nothing asks for it any more. One that is killed before makes the queue anew, empty. The same holds for the group that keeps the list of
 * streams, when the first stream is made. Nobody can ask whether a name is written. So a mark, an exchange with the same name, is set when the
 * server has run on for a while after it was seen with what was made; and a server writes exchanges before it answers.
 */
final class Lasting {
    private final Broker broker;
    private final Settler settler;
    private final RabbitSettings settings;
    private final String name;
    private @Nullable CompletableFuture<Boolean> reached;

    /** @param name of what is made, on the server */
    Lasting(Broker broker, Settler settler, RabbitSettings settings, String name) {
        this.broker = broker;
        this.settler = settler;
        this.settings = settings;
        this.name = name;
    }

    /** It is about to be made anew: what the mark said of an earlier one does not hold. */
    synchronized void beginAnew() {
        broker.once("making " + name, channel -> channel.exchangeDelete(name));
        reached = null;
    }

    /**
     * Completes when it lasts, on the settler's thread; fails with UNREACHABLE when the connection is lost before, after which nobody knows what became
     * of what was sent there. Called again after that, it begins anew.
     */
    synchronized CompletableFuture<Boolean> reached() {
        CompletableFuture<Boolean> begun = reached;
        if (begun == null || begun.isCompletedExceptionally()) {
            begun = begin();
            reached = begun;
        }
        return begun;
    }

    private CompletableFuture<Boolean> begin() {
        if (settings.creationWait().isZero() || !broker.forgetsNewNames() || isMarked()) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        Channel seen = broker.channel("waiting for " + name);
        seen.addShutdownListener(signal -> begun.completeExceptionally(
                broker.isClosed()
                        ? Failures.closed()
                        : Failures.failure(
                                ErrorCode.UNREACHABLE,
                                "rabbitmq at " + settings.address() + ": the connection was lost while " + name
                                        + " was new",
                                signal)));
        // No delayedExecutor, which needs the common pool: that may be busy with those who wait for this.
        new CompletableFuture<Boolean>()
                .completeOnTimeout(true, settings.creationWait().toMillis(), TimeUnit.MILLISECONDS)
                .thenRunAsync(() -> mark(seen, begun), settler::later);
        return begun;
    }

    private boolean isMarked() {
        try {
            broker.once("a look at " + name, channel -> channel.exchangeDeclarePassive(name));
            return true;
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.STORAGE_DAMAGED) {
                return false; // there is none
            }
            throw failure;
        }
    }

    private void mark(Channel seen, CompletableFuture<Boolean> begun) {
        try {
            broker.on(seen, "marking " + name, on -> on.exchangeDeclare(name, BuiltinExchangeType.DIRECT, true));
            begun.complete(true);
        } catch (FairleadException failure) {
            begun.completeExceptionally(failure);
        } finally {
            Broker.discard(seen);
        }
    }
}
