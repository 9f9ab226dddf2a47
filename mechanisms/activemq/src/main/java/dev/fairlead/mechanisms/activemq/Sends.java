package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.server.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.apache.qpid.protonj2.client.exceptions.ClientSendTimedOutException;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to one queue, in one order, what waits together. The next messages are written while the broker's answers to the last ones are
 * awaited. Safe for many threads.
 */
final class Sends {
    private static final int OVERHEAD = 500;

    private final Opening opening;
    private final QueueNames names;
    private final Reopened<Outlet> outlet;
    private final Lane<Sending> writing;
    private final Lane<Written> awaiting;

    private record Sending(Question message, long due, CompletableFuture<Sent> result) {
        long size() {
            return OVERHEAD + (long) message.size();
        }
    }

    /** Messages that were written together, at the moment of {@link System#nanoTime()}, and why no others followed, if none did. */
    private record Written(
            Outlet outlet,
            List<Sending> messages,
            List<Tracker> trackers,
            long since,
            @Nullable FairleadException failure) {
        long size() {
            return messages.stream().mapToLong(Sending::size).sum();
        }
    }

    Sends(Opening opening, QueueNames names) {
        this.opening = opening;
        this.names = names;
        this.outlet = new Reopened<>(
                () -> Outlet.open(opening.broker(), names),
                opening.broker().settings().timeout());
        this.writing = new Lane<>(
                opening.workers(),
                Sending::size,
                this::write,
                sending -> sending.result().completeExceptionally(Failures.closed()));
        this.awaiting = new Lane<>(opening.workers(), Written::size, this::await, this::await);
    }

    /** Sends what is handed out from the moment on, in nanoseconds since 1970, or at once when that is 0. */
    CompletableFuture<Sent> send(Question message, long due) {
        CompletableFuture<Sent> result = new CompletableFuture<>();
        writing.add(new Sending(message, due, result));
        return result;
    }

    private void write(List<Sending> batch) {
        Outlet open;
        try {
            open = enter();
        } catch (RuntimeException e) {
            FairleadException failure = failure(e);
            batch.forEach(each -> each.result().completeExceptionally(failure));
            return;
        }
        List<Tracker> trackers = new ArrayList<>(batch.size());
        FairleadException failure = null;
        try {
            for (Sending each : batch) {
                trackers.add(open.send(message(each)));
            }
        } catch (ClientException | RuntimeException e) {
            failure = failure(e);
            for (Sending each : batch.subList(trackers.size(), batch.size())) {
                each.result().completeExceptionally(failure);
            }
        }
        Written written = new Written(open, batch.subList(0, trackers.size()), trackers, System.nanoTime(), failure);
        if (!awaiting.offer(written)) {
            await(written); // To wait for a place would keep a thread from those who make one.
        }
    }

    private Outlet enter() {
        Outlet open = outlet.get();
        while (!open.enter()) {
            open = outlet.get();
        }
        return open;
    }

    private FairleadException failure(Exception cause) {
        String what = "sending to queue " + names.name();
        return cause instanceof ClientSendTimedOutException
                ? new FairleadException(
                        ErrorCode.STORAGE_FULL,
                        what + " failed: the broker takes no more messages now (it is full or busy)",
                        cause)
                : Failures.of(what, cause);
    }

    private static Message<byte[]> message(Sending sending) throws ClientException {
        Message<byte[]> message = Messages.of(sending.message());
        return sending.due() == 0 ? message : message.property(Messages.DUE, sending.due());
    }

    private void await(List<Written> batches) {
        batches.forEach(this::await);
    }

    private void await(Written batch) {
        boolean isFine = batch.failure() == null;
        for (int i = 0; i < batch.trackers().size(); i++) {
            CompletableFuture<Sent> result = batch.messages().get(i).result();
            try {
                batch.outlet().awaitAccepted(batch.trackers().get(i), batch.since());
                result.complete(new Sent(opening.level().durability()));
            } catch (FairleadException failure) {
                result.completeExceptionally(failure);
                isFine = false;
            }
        }
        if (!isFine) {
            outlet.drop(batch.outlet());
        }
        batch.outlet().leave();
    }

    /** Waits for what is under way; what waits fails with CLOSED. */
    void end() {
        writing.close();
        awaiting.awaitIdle();
        Outlet open = outlet.end();
        if (open != null) {
            open.close();
        }
    }
}
