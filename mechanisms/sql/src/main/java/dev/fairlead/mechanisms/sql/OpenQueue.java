package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.server.Lane;
import dev.fairlead.spi.server.Nanos;
import dev.fairlead.spi.server.UnderWay;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** One queue in one opening: what is sent and settled goes in one order, and what is held goes back at the close. */
final class OpenQueue implements Opening.Member {
    private static final System.Logger LOGGER = System.getLogger(OpenQueue.class.getName());
    private static final int OVERHEAD = 200;

    private final Opening opening;
    private final Server server;
    private final QueueRow row;
    private final MessageRows messages;
    private final Lane<Sending> sends;
    private final Lane<Settling> settles;
    /** The attempts at which messages are held, by their ids; some may have been handed to others since. */
    private final Map<Long, Integer> held = new ConcurrentHashMap<>();

    private final UnderWay underWay = new UnderWay();

    private record Sending(MessageRows.Sending message, CompletableFuture<Sent> result) {}

    private record Settling(Settlement settlement, CompletableFuture<Void> result) {}

    OpenQueue(Opening opening, Server server, QueueRow row) {
        this.opening = opening;
        this.server = server;
        this.row = row;
        this.messages = server.queues().messages();
        this.sends = new Lane<>(
                server.workers(),
                sending -> OVERHEAD + (long) sending.message().message().size(),
                this::writeSends,
                sending -> sending.result().completeExceptionally(Failures.closed()));
        this.settles = new Lane<>(
                server.workers(),
                settling -> OVERHEAD,
                this::writeSettlements,
                settling -> settling.result().completeExceptionally(Failures.closed()));
        opening.join(this);
    }

    Opening opening() {
        return opening;
    }

    Server server() {
        return server;
    }

    QueueRow row() {
        return row;
    }

    String name() {
        return row.name();
    }

    /** Sends at the moment, in nanoseconds since 1970, or at once when that is 0. */
    CompletableFuture<Sent> send(Question message, long due) {
        CompletableFuture<Sent> result = new CompletableFuture<>();
        sends.add(new Sending(new MessageRows.Sending(message, due), result));
        return result;
    }

    private void writeSends(List<Sending> batch) {
        try {
            messages.send(row, batch.stream().map(Sending::message).toList());
        } catch (RuntimeException e) {
            FairleadException failure = known(e);
            batch.forEach(each -> each.result().completeExceptionally(failure));
            return;
        }
        changed();
        Sent sent = new Sent(server.durability());
        batch.forEach(each -> each.result().complete(sent));
    }

    void changed() {
        server.changed(BellNames.queue(row.id()));
    }

    /** Forgets what another may hold by now. */
    void lost(long id, int attempt) {
        held.remove(id, attempt);
    }

    CompletableFuture<Void> settle(Settlement settlement) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        settles.add(new Settling(settlement, result));
        return result;
    }

    private void writeSettlements(List<Settling> batch) {
        boolean[] settled;
        try {
            settled = messages.settle(
                    row,
                    opening.holder(),
                    batch.stream().map(Settling::settlement).toList(),
                    Nanos.of(server.time().now()));
        } catch (RuntimeException e) {
            FairleadException failure = known(e);
            batch.forEach(each -> each.result().completeExceptionally(failure));
            return;
        }
        boolean back = false;
        for (int i = 0; i < settled.length; i++) {
            Settling each = batch.get(i);
            held.remove(each.settlement().id(), each.settlement().attempt());
            back |= each.settlement() instanceof Settlement.GiveBack;
            if (settled[i]) {
                each.result().complete(null);
            } else {
                each.result().completeExceptionally(fenced());
            }
        }
        if (back) {
            changed();
        }
    }

    FairleadException fenced() {
        return new FairleadException(
                ErrorCode.FENCED,
                "queue " + row.name() + ": the message is not held here any more: its lease is over, or it was settled"
                        + " before");
    }

    private FairleadException known(RuntimeException e) {
        return e instanceof FairleadException failure
                ? failure
                : new FairleadException(ErrorCode.INTERNAL, "writing queue " + row.name() + " failed: " + e, e);
    }

    /** Hands out the next messages; returns none at the close of the opening. */
    List<MessageRows.Held> handOut(int most, long lease) {
        return underWay.during(() -> {
            opening.server();
            return server.workers().call(() -> {
                long now = Nanos.of(server.time().now());
                List<MessageRows.Held> found =
                        messages.handOut(row, opening.holder(), most, now, Nanos.plus(now, lease));
                found.forEach(each -> held.put(each.id(), each.attempt()));
                return found;
            });
        });
    }

    @Override
    public void end() {
        sends.close();
        settles.close();
        underWay.awaitNone();
        release(Map.copyOf(held));
    }

    /** Lets go of messages that nobody here works on; when this fails, the leases end it. */
    void release(Map<Long, Integer> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        attempts.forEach(held::remove);
        try {
            server.workers().call(() -> {
                messages.release(row, opening.holder(), attempts);
                return true;
            });
            changed();
        } catch (FairleadException e) {
            LOGGER.log(System.Logger.Level.WARNING, "queue {0}: {1}", row.name(), e.getMessage());
        }
    }
}
