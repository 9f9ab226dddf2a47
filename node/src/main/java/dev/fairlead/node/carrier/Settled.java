package dev.fairlead.node.carrier;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.wire.QueueMessages;
import dev.fairlead.spi.wire.QueueMessages.Ended;
import dev.fairlead.spi.wire.QueueMessages.Sending;
import dev.fairlead.spi.wire.QueueMessages.Settling;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Does several things to a queue, each for itself, and waits until the outcome of each is known. */
final class Settled {
    private Settled() {}

    static byte[] sent(Queue queues, String queue, List<Sending> all) {
        List<CompletableFuture<Durability>> sending = new ArrayList<>();
        for (Sending each : all) {
            Instant notBefore = each.notBefore();
            CompletableFuture<Sent> sent = notBefore == null
                    ? queues.send(queue, each.message())
                    : queues.send(queue, each.message(), notBefore);
            sending.add(sent.thenApply(Sent::durability));
        }
        return ended(sending);
    }

    static byte[] settled(OpenQueues open, String queue, List<Settling> all) {
        List<CompletableFuture<Durability>> settling = new ArrayList<>();
        for (Settling each : all) {
            CompletableFuture<Void> settled = each.run() == open.run()
                    ? settled(open.holdings(), queue, each)
                    : CompletableFuture.failedFuture(fenced(queue));
            settling.add(settled.thenApply(done -> Durability.D0));
        }
        return ended(settling);
    }

    private static CompletableFuture<Void> settled(Holdings holdings, String queue, Settling wanted) {
        return holdings.find(queue, wanted.hand())
                .map(message -> settled(message, wanted).whenComplete((done, failure) -> {
                    if (failure == null || isFenced(failure)) {
                        holdings.forget(wanted.hand());
                    }
                }))
                .orElseGet(() -> CompletableFuture.failedFuture(fenced(queue)));
    }

    private static CompletableFuture<Void> settled(Delivered message, Settling wanted) {
        return switch (wanted.way()) {
            case ACKNOWLEDGE -> message.acknowledge();
            case GIVE_BACK -> message.giveBack(wanted.delay());
            case HAND_BACK -> message.handBack();
            case SET_ASIDE -> message.setAside(wanted.error());
        };
    }

    private static boolean isFenced(Throwable failure) {
        return failure instanceof FairleadException known && known.code() == ErrorCode.FENCED;
    }

    private static FairleadException fenced(String queue) {
        return new FairleadException(
                ErrorCode.FENCED,
                "queue " + queue + ": the message is not held here any more: its lease is over, it was settled before,"
                        + " or the node was started anew");
    }

    private static byte[] ended(List<CompletableFuture<Durability>> all) {
        WireOutput out = new WireOutput();
        QueueMessages.ended(out, all.stream().map(Settled::ended).toList());
        return out.toBytes();
    }

    private static Ended ended(CompletableFuture<Durability> one) {
        try {
            return Ended.at(one.join());
        } catch (CompletionException e) {
            return Ended.failed(
                    e.getCause() instanceof FairleadException known
                            ? known
                            : new FairleadException(ErrorCode.INTERNAL, "it ended in an unforeseen way", e));
        }
    }
}
