package dev.fairlead.spi.calling;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends and receives messages through a transport, which it opens when it is needed for the first time. */
final class Post {
    private static final System.Logger LOG = System.getLogger(Post.class.getName());
    private static final Duration SHORTEST_KEEP = Duration.ofSeconds(10);
    private static final Duration LONGEST_KEEP = Duration.ofHours(1);

    private final String place;
    private final CallTransport.Opener opener;
    private final ScheduledExecutorService threads;
    private final Consumer<CallMessage> receiver;
    private @Nullable CompletableFuture<CallTransport> opening;
    private boolean closed;

    Post(String place, CallTransport.Opener opener, ScheduledExecutorService threads, Consumer<CallMessage> receiver) {
        this.place = place;
        this.opener = opener;
        this.threads = threads;
        this.receiver = receiver;
    }

    /** The transport; opened anew when the last attempt failed. */
    synchronized CompletableFuture<CallTransport> transport() {
        if (closed) {
            return CompletableFuture.failedFuture(CallFailures.closed(place));
        }
        CompletableFuture<CallTransport> known = opening;
        if (known == null || known.isCompletedExceptionally()) {
            known = CompletableFuture.supplyAsync(() -> opener.open(this::receive), threads);
            opening = known;
        }
        return known;
    }

    /** The address of this opening; empty before the transport is open. */
    String address() {
        CallTransport open = open();
        return open == null ? "" : open.address();
    }

    private synchronized @Nullable CallTransport open() {
        return opening == null || !opening.isDone() || opening.isCompletedExceptionally() ? null : opening.join();
    }

    private void receive(byte[] message) {
        CallMessage read;
        try {
            read = CallMessages.unpack(message);
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "a message at " + place + " is none of a question, and was dropped: " + e.getMessage());
            return;
        }
        try {
            receiver.accept(read);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, () -> "a message at " + place + " could not be handled", e);
        }
    }

    /** Blocks. */
    void announce(List<Presence> all, Duration lease) {
        CallFailures.unwrapped(() -> transport().join()).announce(all, lease);
    }

    CompletableFuture<Collection<Presence>> find(String item) {
        return transport().thenCompose(open -> open.find(item));
    }

    /** Sends what needs no answer and may get lost. */
    void send(String address, CallMessage message) {
        send(address, message, Duration.ZERO);
    }

    CompletableFuture<?> send(String address, CallMessage message, Duration keep) {
        CallTransport open = open();
        if (open == null) {
            return CompletableFuture.failedFuture(CallFailures.closed(place));
        }
        try {
            return open.send(address, CallMessages.pack(message), between(keep));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Duration between(Duration keep) {
        Duration longEnough = keep.compareTo(SHORTEST_KEEP) < 0 ? SHORTEST_KEEP : keep;
        return longEnough.compareTo(LONGEST_KEEP) > 0 ? LONGEST_KEEP : longEnough;
    }

    /** Whether what was sent may have been handed over, as the failure tells it. */
    static boolean mayHaveLeft(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return !(cause instanceof FairleadException known)
                || known.code() != ErrorCode.UNREACHABLE && known.code() != ErrorCode.BAD_VALUE;
    }

    void close() {
        CompletableFuture<CallTransport> last;
        synchronized (this) {
            closed = true;
            last = opening;
        }
        if (last != null) {
            CompletableFuture<?> closing = last.handle((open, failure) -> {
                if (open != null) {
                    open.close();
                }
                return null;
            });
            if (last.isDone()) {
                CallFailures.unwrapped(closing::join);
            }
        }
    }
}
