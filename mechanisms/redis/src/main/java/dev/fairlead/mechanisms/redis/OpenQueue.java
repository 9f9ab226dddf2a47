package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.server.Lane;
import dev.fairlead.spi.server.Nanos;
import dev.fairlead.spi.server.UnderWay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** One queue in one opening: what is sent and settled goes in one order each, and what is held goes back at the close. */
final class OpenQueue implements Server.Member {
    private static final System.Logger LOGGER = System.getLogger(OpenQueue.class.getName());
    private static final int OVERHEAD = 200;
    private static final long MOST_BYTES = 8L << 20;

    private final Server server;
    private final Queues queues;
    private final QueueRow row;
    private final Lane<Sending> sends;
    private final Lane<Settling> settles;
    private final Numbered sending;
    private final Numbered settling;
    private final Numbered changing;
    /** What receivers hold, by the number of its hand-out; some may have been handed to others since. */
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    private final UnderWay underWay = new UnderWay();

    private record Sending(String moment, byte[] content, CompletableFuture<Sent> result) {}

    private record Settling(Settlement settlement, CompletableFuture<Void> result) {}

    OpenQueue(Server server, Queues queues, QueueRow row) {
        this.server = server;
        this.queues = queues;
        this.row = row;
        this.sending = new Numbered(server, queues, row);
        this.settling = new Numbered(server, queues, row);
        this.changing = new Numbered(server, queues, row);
        this.sends = new Lane<>(
                server.workers(),
                each -> OVERHEAD + (long) each.content().length,
                this::writeSends,
                each -> each.result().completeExceptionally(server.closed()));
        this.settles = new Lane<>(
                server.workers(),
                each -> OVERHEAD,
                this::writeSettlements,
                each -> each.result().completeExceptionally(server.closed()));
        server.join(this);
    }

    Server server() {
        return server;
    }

    QueueRow row() {
        return row;
    }

    String bell() {
        return "queue:" + row.name();
    }

    /** Sends at the moment, or at once when that has passed for ever. */
    CompletableFuture<Sent> send(Question message, Instant notBefore) {
        CompletableFuture<Sent> result = new CompletableFuture<>();
        String moment =
                notBefore.equals(Instant.MIN) ? Settlement.NOW : Moments.digits(Math.max(1, Nanos.of(notBefore)));
        sends.add(new Sending(moment, Content.of(message), result));
        return result;
    }

    private void writeSends(List<Sending> batch) {
        Words words = new Words();
        batch.forEach(each -> words.add(each.moment()).add(each.content()));
        try {
            sending.run("sending to " + row, Script.QUEUE_SEND, words, row.durability());
        } catch (RuntimeException e) {
            FairleadException failure = known(e);
            batch.forEach(each -> each.result().completeExceptionally(failure));
            return;
        }
        Sent sent = new Sent(server.level().durability());
        batch.forEach(each -> each.result().complete(sent));
    }

    CompletableFuture<Void> settle(Settlement settlement) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        settles.add(new Settling(settlement, result));
        return result;
    }

    private void writeSettlements(List<Settling> batch) {
        String settled;
        try {
            settled = settle(batch.stream().map(Settling::settlement).toList());
        } catch (RuntimeException e) {
            FairleadException failure = known(e);
            batch.forEach(each -> each.result().completeExceptionally(failure));
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            Settling each = batch.get(i);
            held.remove(each.settlement().hand());
            if (settled.charAt(i) == '1') {
                each.result().complete(null);
            } else {
                each.result().completeExceptionally(fenced());
            }
        }
    }

    /** A digit for each settlement: 1 when it was done, 0 when the message was not held any more. */
    private String settle(List<Settlement> settlements) {
        Words words = new Words().add(queues.now());
        settlements.forEach(each ->
                words.add(each.kind()).add(each.message()).add(each.hand()).add(each.detail()));
        return settling.run("settling messages of " + row, Script.QUEUE_SETTLE, words, Durability.D0)
                .text(1);
    }

    /** Changes dead letters, and waits for it. */
    Reply change(String what, Script script, Words words) {
        server.requireOpen();
        return server.workers().call(() -> changing.run(what, script, words, Durability.D0));
    }

    FairleadException fenced() {
        return new FairleadException(
                ErrorCode.FENCED,
                row + ": the message is not held here any more: its lease is over, or it was settled before");
    }

    /** Forgets what another may hold by now. */
    void lost(Held message) {
        held.remove(message.hand());
    }

    private FairleadException known(RuntimeException e) {
        return e instanceof FairleadException failure
                ? failure
                : new FairleadException(ErrorCode.INTERNAL, "writing " + row + " failed: " + e, e);
    }

    /** Hands out the next messages. One whose answer was lost stays held until its lease is over, and comes again then. */
    List<Held> take(int most, long lease) {
        return underWay.during(() -> {
            server.requireOpen();
            long now = Nanos.of(server.time().now());
            Words words = new Words()
                    .add(row.id())
                    .add(Moments.digits(now))
                    .add(Moments.digits(Nanos.plus(now, lease)))
                    .add(most)
                    .add(MOST_BYTES);
            sending.addKnown(words);
            settling.addKnown(words);
            changing.addKnown(words);
            Reply reply = queues.ask(row, "polling " + row, Script.QUEUE_TAKE, words);
            List<Held> taken = new ArrayList<>();
            for (int i = 1; i < reply.size(); i += 4) {
                taken.add(new Held(
                        reply.text(i),
                        reply.text(i + 1),
                        Math.toIntExact(reply.number(i + 2)),
                        Content.message(row.toString(), reply.bytes(i + 3))));
            }
            taken.forEach(each -> held.put(each.hand(), each));
            return taken;
        });
    }

    @Override
    public void end() {
        sends.close();
        settles.close();
        underWay.awaitNone();
        release(List.copyOf(held.values()));
        sending.leave();
        settling.leave();
        changing.leave();
    }

    /** Lets go of messages that nobody here works on; when this fails, the leases end it. */
    void release(List<Held> messages) {
        if (messages.isEmpty()) {
            return;
        }
        messages.forEach(each -> held.remove(each.hand()));
        try {
            server.workers()
                    .call(() ->
                            settle(messages.stream().map(Settlement::release).toList()));
        } catch (FairleadException e) {
            LOGGER.log(System.Logger.Level.WARNING, "{0}: {1}", row, e.getMessage());
        }
    }
}
