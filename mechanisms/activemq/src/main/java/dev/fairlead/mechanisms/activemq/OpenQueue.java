package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.server.Lane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One queue in one opening: what is sent and what is settled goes in one order each, what waits together. */
final class OpenQueue {
    private static final int OVERHEAD = 500;

    private final Opening opening;
    private final QueueNames names;
    private final Reopened<Attachment> inlet;
    private final Sends sends;
    private final Lane<Settling> settles;
    private final Intake intake;
    private final Keeper keeper;

    private record Settling(Attachment from, Step step, CompletableFuture<@Nullable Void> result) {}

    OpenQueue(Opening opening, QueueNames names) {
        Duration timeout = opening.broker().settings().timeout();
        this.opening = opening;
        this.names = names;
        this.inlet = new Reopened<>(() -> Attachment.open(opening.broker(), names), timeout);
        this.sends = new Sends(opening, names);
        this.settles = new Lane<>(
                opening.workers(),
                settling -> OVERHEAD,
                this::settle,
                settling -> settling.result().completeExceptionally(Failures.closed()));
        this.intake = new Intake(this, inlet, timeout);
        this.keeper = new Keeper(this, inlet);
    }

    Opening opening() {
        return opening;
    }

    QueueNames names() {
        return names;
    }

    Intake intake() {
        return intake;
    }

    Keeper keeper() {
        return keeper;
    }

    /** How many messages receivers of this opening hold. */
    int held() {
        Attachment open = inlet.present();
        return open == null ? 0 : open.held();
    }

    /** Sends what is handed out from the moment on, in nanoseconds since 1970, or at once when that is 0. */
    CompletableFuture<Sent> send(Question message, long due) {
        return sends.send(message, due);
    }

    /** Does the step in a transaction; fails with FENCED when the message has gone back to the broker since. */
    CompletableFuture<@Nullable Void> settle(Attachment from, Step step) {
        CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
        settles.add(new Settling(from, step, result));
        return result;
    }

    private void settle(List<Settling> batch) {
        Attachment open = inlet.present();
        List<Settling> here = batch.stream().filter(each -> each.from() == open).toList();
        if (open != null && !here.isEmpty()) {
            commit(open, here);
        }
        for (Settling each : batch) {
            if (each.from() != open) {
                each.result().completeExceptionally(Failures.fenced(names.name()));
            }
        }
    }

    private void commit(Attachment open, List<Settling> batch) {
        try {
            open.commit(batch.stream().map(Settling::step).toList());
        } catch (RuntimeException e) {
            inlet.drop(open);
            FairleadException failure = Failures.of("settling messages of queue " + names.name(), e);
            // Whether the client has noticed yet that the connection broke makes no difference to who holds the
            // messages.
            FairleadException told =
                    failure.code() == ErrorCode.UNREACHABLE ? Failures.fenced(names.name(), failure) : failure;
            batch.forEach(each -> each.result().completeExceptionally(told));
            return;
        }
        batch.forEach(each -> each.result().complete(null));
    }

    /** Ends it; what receivers hold goes back to the broker. */
    void end() {
        intake.end();
        keeper.end();
        sends.end();
        settles.close();
        Attachment attached = inlet.end();
        if (attached != null) {
            attached.end();
        }
    }
}
