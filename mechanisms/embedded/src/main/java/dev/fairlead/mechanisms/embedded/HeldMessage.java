package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;

/** A message in the hands of one receiver; its stage is guarded by the lock of its {@link OpenQueue}. */
final class HeldMessage implements Delivered {
    /** The first whose lease ends; moments of the monotonic clock may wrap. */
    static final Comparator<HeldMessage> BY_LEASE = (one, other) -> {
        int order = Long.signum(one.until - other.until);
        return order != 0 ? order : Long.compare(one.place(), other.place());
    };

    private enum Stage {
        TAKEN,
        LEASED,
        SETTLING,
        LOST
    }

    private final OpenQueue queue;
    private final EmbeddedReceiver receiver;
    private final ReadyMessage ready;
    private Stage stage = Stage.TAKEN;
    private long until;

    HeldMessage(OpenQueue queue, EmbeddedReceiver receiver, ReadyMessage ready) {
        this.queue = queue;
        this.receiver = receiver;
        this.ready = ready;
    }

    OpenQueue queue() {
        return queue;
    }

    EmbeddedReceiver receiver() {
        return receiver;
    }

    long place() {
        return ready.place();
    }

    StoredMessage stored() {
        return ready.stored();
    }

    long until() {
        return until;
    }

    @Override
    public Question message() {
        return ready.stored().message();
    }

    @Override
    public int attempt() {
        return ready.attempts() + 1;
    }

    boolean begin(long leasedUntil) {
        until = leasedUntil;
        return move(Stage.TAKEN, Stage.LEASED);
    }

    boolean overdue(long now) {
        return stage == Stage.LEASED && now - until >= 0;
    }

    boolean settle() {
        return move(Stage.LEASED, Stage.SETTLING);
    }

    boolean unsettle() {
        return move(Stage.SETTLING, Stage.LEASED);
    }

    /** Whether nobody is settling it, so that another receiver can have it. */
    boolean lose() {
        return move(Stage.TAKEN, Stage.LOST) || move(Stage.LEASED, Stage.LOST);
    }

    /** Nobody has it any more, not even one that is settling it. */
    void erased() {
        stage = Stage.LOST;
    }

    private boolean move(Stage from, Stage to) {
        if (stage != from) {
            return false;
        }
        stage = to;
        return true;
    }

    @Override
    public CompletableFuture<Void> acknowledge() {
        return settle(new Settlement.Acknowledged());
    }

    @Override
    public CompletableFuture<Void> giveBack(Duration delay) {
        if (delay.isNegative() || delay.compareTo(Queue.LONGEST) > 0) {
            return CompletableFuture.failedFuture(new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "queue " + queue.name() + ": a message is given back for nothing up to " + Queue.LONGEST + ", not "
                            + delay));
        }
        if (delay.isZero()) {
            return claim(() -> {
                queue.giveBack(this);
                CompletableFuture<Void> given = new CompletableFuture<>();
                given.complete(null);
                return given;
            });
        }
        return settle(new Settlement.GivenBack(delay));
    }

    @Override
    public CompletableFuture<Void> handBack() {
        return settle(new Settlement.HandedBack());
    }

    @Override
    public CompletableFuture<Void> setAside(String error) {
        return settle(
                new Settlement.SetAside(error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR - 1) + "…"));
    }

    private CompletableFuture<Void> settle(Settlement settlement) {
        return claim(() -> {
            SettleRequest request = new SettleRequest(this, settlement);
            try {
                receiver.opening().store().queue().add(request);
            } catch (FairleadException e) {
                request.failed(e);
            }
            return request.result();
        });
    }

    @FunctionalInterface
    private interface Claimed {
        CompletableFuture<Void> settle();
    }

    private CompletableFuture<Void> claim(Claimed claimed) {
        try {
            receiver.opening().checkOpen();
        } catch (FairleadException e) {
            return CompletableFuture.failedFuture(e);
        }
        return queue.settling(this) ? claimed.settle() : CompletableFuture.failedFuture(fenced());
    }

    FairleadException fenced() {
        return new FairleadException(
                ErrorCode.FENCED,
                "queue " + queue.name() + ": the message is not leased any more: its lease is over, or it was settled"
                        + " before; another receiver may have it (finish sooner, or take a longer lease)");
    }
}
