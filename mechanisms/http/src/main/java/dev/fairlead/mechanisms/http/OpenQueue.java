package dev.fairlead.mechanisms.http;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.server.Lane;
import dev.fairlead.spi.wire.QueueMessages;
import dev.fairlead.spi.wire.QueueMessages.Ended;
import dev.fairlead.spi.wire.QueueMessages.Sending;
import dev.fairlead.spi.wire.QueueMessages.Settling;
import dev.fairlead.spi.wire.WireOutput;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One queue in one opening: what is sent, and what is settled, goes together in its order. */
final class OpenQueue implements AutoCloseable {
    private static final int OVERHEAD = 64;

    private final String name;
    private final NodeLink link;
    private final Lane<Sends> sends;
    private final Lane<Settles> settles;
    private final NumberedActs sending;
    private final NumberedActs settling;
    private final NumberedActs changing;

    private record Sends(Sending what, CompletableFuture<Sent> result) {}

    private record Settles(Settling what, CompletableFuture<Void> result) {}

    OpenQueue(NodeLink link, NodeRun run, String name, Executor threads) {
        this.name = name;
        this.link = link;
        this.sending = new NumberedActs(link, run, name);
        this.settling = new NumberedActs(link, run, name);
        this.changing = new NumberedActs(link, run, name);
        this.sends = new Lane<>(
                threads,
                each -> OVERHEAD + (long) each.what().message().size(),
                this::write,
                each -> each.result().completeExceptionally(link.closedFailure()));
        this.settles = new Lane<>(
                threads,
                each -> OVERHEAD + (long) each.what().error().length(),
                this::settle,
                each -> each.result().completeExceptionally(link.closedFailure()));
    }

    String name() {
        return name;
    }

    NodeLink link() {
        return link;
    }

    /** What is done to its dead letters, and to all its messages. */
    NumberedActs changing() {
        return changing;
    }

    CompletableFuture<Sent> send(Sending what) {
        CompletableFuture<Sent> result = new CompletableFuture<>();
        sends.add(new Sends(what, result));
        return result;
    }

    CompletableFuture<Void> settle(Settling what) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        settles.add(new Settles(what, result));
        return result;
    }

    private void write(List<Sends> batch) {
        List<Sending> all = batch.stream().map(Sends::what).toList();
        try {
            List<Ended> ended = ended(sending, "send", batch.size(), out -> QueueMessages.sendings(out, all));
            for (int i = 0; i < ended.size(); i++) {
                Ended each = ended.get(i);
                CompletableFuture<Sent> result = batch.get(i).result();
                each.reached()
                        .ifPresentOrElse(
                                reached -> result.complete(new Sent(reached)),
                                () -> result.completeExceptionally(each.failure()));
            }
        } catch (RuntimeException e) {
            batch.forEach(each -> each.result().completeExceptionally(known(e)));
        }
    }

    private void settle(List<Settles> batch) {
        List<Settling> all = batch.stream().map(Settles::what).toList();
        try {
            List<Ended> ended = ended(settling, "settle", batch.size(), out -> QueueMessages.settlings(out, all));
            for (int i = 0; i < ended.size(); i++) {
                Ended each = ended.get(i);
                CompletableFuture<Void> result = batch.get(i).result();
                each.reached()
                        .ifPresentOrElse(
                                reached -> result.complete(null), () -> result.completeExceptionally(each.failure()));
            }
        } catch (RuntimeException e) {
            batch.forEach(each -> each.result().completeExceptionally(known(e)));
        }
    }

    private static List<Ended> ended(NumberedActs acts, String act, int wanted, Consumer<WireOutput> content) {
        return acts.run(act, content, in -> QueueMessages.ended(in, wanted));
    }

    private FairleadException known(RuntimeException e) {
        return e instanceof FairleadException failure
                ? failure
                : new FairleadException(ErrorCode.INTERNAL, "queue " + name + ": a call failed: " + e, e);
    }

    /** Ends with the link, which is closed before. */
    @Override
    public void close() {
        sends.close();
        settles.close();
    }
}
