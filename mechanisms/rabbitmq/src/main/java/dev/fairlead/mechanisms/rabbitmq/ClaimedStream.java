package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.server.AppendRequest;
import dev.fairlead.spi.server.Appends;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stream in the hands of one writer. For one thread at a time, but for {@link #close} and {@link #end}.
 *
 * <p>The server drops a message whose id is not above the highest one that the stream has under the same name. All writers publish under
 * one name, and the upper bits of an id are the writer's epoch: as soon as the mark of a later claim stands in the stream, nothing of an
 * earlier writer gets in any more. A writer hears its own stream, which tells it the offsets of what it wrote, and of a later claim. After
 * a lost connection it writes another mark: what does not stand before that mark never will, so it may be sent again.
 */
final class ClaimedStream implements Appends.Target {
    private static final int EPOCH_SHIFT = 41;
    /** When so many bytes at most are under way, what waits is sent behind them. */
    private static final long FEW = 4L << 20;

    private final Streams streams;
    private final String log;
    private final String stream;
    private final Durability durability;
    private final UnderWay underWay = new UnderWay();
    private volatile @Nullable ClaimLink link;
    private volatile long end;
    private volatile boolean closed;
    private boolean fenced;
    private long epoch;
    private long nextId;
    /** Everything of the stream below has been heard. */
    private long heard;
    /** When the server has taken nothing until then, it does not answer. */
    private long deadline;

    private ClaimedStream(Streams streams, String log, String stream) {
        this.streams = streams;
        this.log = log;
        this.stream = stream;
        this.durability = streams.durability(stream);
        this.heard = streams.bounds(stream).end();
    }

    /** Claims the stream for an owner, whose name stands in it then. */
    static ClaimedStream claim(Streams streams, String log, String stream, String owner) {
        ClaimedStream claimed = new ClaimedStream(streams, log, stream);
        long deadline = System.nanoTime() + streams.settings().timeout().toNanos();
        while (!claimed.tryClaim(owner, deadline)) {
            streams.pause();
        }
        return claimed;
    }

    /** Whether it worked; it does not when the connection was lost in the middle, and may be tried again. */
    private boolean tryClaim(String owner, long deadline) {
        ClaimLink opened = null;
        try {
            opened = ClaimLink.open(streams, stream, heard);
            String text = "claim " + UUID.randomUUID() + " " + owner;
            while (true) {
                long highest = opened.sequence() >>> EPOCH_SHIFT;
                long id = (highest + 1) << EPOCH_SHIFT;
                opened.mark(text, id);
                ClaimLink.Taken mark = awaitMark(opened, id, deadline);
                if (mark.id() == id && text.equals(mark.mark())) {
                    epoch = highest + 1;
                    nextId = id + 1;
                    end = heard;
                    link = opened;
                    return true;
                }
            }
        } catch (FairleadException failure) {
            if (opened != null) {
                opened.close(failure);
            }
            if (failure.code() != ErrorCode.UNREACHABLE || System.nanoTime() >= deadline) {
                throw failure;
            }
            return false;
        }
    }

    /** The first mark with this id or a higher one. */
    private ClaimLink.Taken awaitMark(ClaimLink from, long id, long deadline) {
        while (true) {
            ClaimLink.Taken taken = next(from, deadline);
            if (taken.mark() != null && taken.id() >= id) {
                return taken;
            }
            settle(taken);
        }
    }

    private ClaimLink.Taken next(ClaimLink from, long deadline) {
        ClaimLink.Taken taken = from.await(deadline);
        if (taken == null) {
            throw Failures.failure(
                    ErrorCode.UNREACHABLE,
                    "rabbitmq at " + streams.settings().address() + ": log " + log
                            + " did not take what was written in time",
                    null);
        }
        if (taken.lost() != null) {
            throw taken.lost();
        }
        heard = Math.max(heard, taken.offset() + 1);
        return taken;
    }

    @Override
    public void write(List<AppendRequest> requests) {
        write(requests, List::of);
    }

    @Override
    public void write(List<AppendRequest> requests, Appends.Waiting waiting) {
        underWay.add(requests);
        progressed();
        while (!underWay.isEmpty()) {
            try {
                writeAll(connected(deadline), waiting);
            } catch (FairleadException failure) {
                if (closed) {
                    throw closed();
                }
                drop(failure);
                if (failure.code() != ErrorCode.UNREACHABLE) {
                    underWay.clear();
                    throw failure;
                }
                if (System.nanoTime() >= deadline) {
                    throw giveUp(failure);
                }
                streams.pause();
            }
        }
    }

    private void progressed() {
        deadline = System.nanoTime() + streams.settings().timeout().toNanos();
    }

    /** Sends all, what waits meanwhile too, and hears what has come of it. */
    private void writeAll(ClaimLink open, Appends.Waiting waiting) {
        send(open);
        while (underWay.hasSent()) {
            hear(open);
            if (underWay.bytes() <= FEW) {
                underWay.add(waiting.take());
                send(open);
            }
        }
    }

    /** Of what was sent nobody knows, the rest never left. */
    private FairleadException giveUp(FairleadException failure) {
        if (!underWay.hasSent()) {
            underWay.clear();
            return failure;
        }
        FairleadException unknown = Failures.failure(
                ErrorCode.OUTCOME_UNKNOWN,
                "log " + log + ": nobody can tell whether an append stands: " + failure.getMessage(),
                failure);
        underWay.end(unknown, failure);
        return unknown;
    }

    private FairleadException closed() {
        FairleadException unknown = Failures.failure(
                ErrorCode.OUTCOME_UNKNOWN, "log " + log + ": closed while an append was under way", null);
        underWay.end(unknown, Failures.closed());
        return Failures.closed();
    }

    /** Sends what is unsent, and hears meanwhile what has come of the rest. */
    private void send(ClaimLink open) {
        Frames frames = new Frames(open);
        for (AppendRequest next = underWay.next(); next != null; next = underWay.next()) {
            long id = nextId++;
            underWay.sending(id, next);
            try {
                if (frames.add(next, id)) {
                    hearWhatCame(open);
                }
            } catch (IllegalArgumentException tooLarge) {
                underWay.takeBackLast();
                refuse(next, tooLarge);
            }
        }
        frames.send();
    }

    private void hearWhatCame(ClaimLink open) {
        while (open.hasMore()) {
            hear(open);
        }
    }

    private void refuse(AppendRequest request, IllegalArgumentException tooLarge) {
        request.result()
                .completeExceptionally(Failures.failure(
                        ErrorCode.BAD_VALUE,
                        "log " + log + ": an append of " + request.bytes()
                                + " bytes is larger than the server takes"
                                + " (set stream.frame_max = 33554432 in its rabbitmq.conf, or split it)",
                        tooLarge));
    }

    private void hear(ClaimLink open) {
        ClaimLink.Taken taken = next(open, deadline);
        if (isLaterClaim(taken)) {
            throw fenced();
        }
        settle(taken);
    }

    private boolean isLaterClaim(ClaimLink.Taken taken) {
        return taken.mark() != null && taken.id() >>> EPOCH_SHIFT > epoch;
    }

    private FairleadException fenced() {
        underWay.clear();
        fenced = true;
        return Failures.fenced(log);
    }

    /** An append has come, or one from before a connection was lost. */
    private void settle(ClaimLink.Taken taken) {
        UnderWay.Sent first = underWay.first();
        if (taken.mark() != null || first == null || taken.id() < first.id()) {
            return;
        }
        if (taken.id() != first.id()) {
            throw Failures.failure(
                    ErrorCode.STORAGE_DAMAGED,
                    "log " + log + ": its stream took an append without the one before it",
                    null);
        }
        underWay.removeFirst();
        progressed();
        end = taken.offset() + first.request().entries().size();
        first.request().result().complete(new Appended(new Position(0, taken.offset()), durability));
    }

    /** The link, made anew if it was lost; then it is settled what stands of what was under way. */
    private ClaimLink connected(long deadline) {
        ClaimLink open = link;
        if (fenced) {
            throw Failures.fenced(log);
        }
        if (open != null) {
            return open;
        }
        ClaimLink fresh = ClaimLink.open(streams, stream, heard);
        try {
            takeUp(fresh, deadline);
        } catch (FairleadException failure) {
            fresh.close(failure);
            throw failure;
        }
        link = fresh;
        if (closed) {
            drop(Failures.closed());
            throw Failures.closed();
        }
        return fresh;
    }

    private void takeUp(ClaimLink fresh, long deadline) {
        long highest = fresh.sequence() >>> EPOCH_SHIFT;
        if (highest < epoch) {
            throw Failures.failure(
                    ErrorCode.STORAGE_DAMAGED,
                    "log " + log + ": its stream does not know of this claim: it was made anew, or the server has lost"
                            + " records (restore it, or claim it again)",
                    null);
        }
        long id = nextId++;
        if (highest == epoch) {
            fresh.mark("resume", id);
        }
        if (isLaterClaim(awaitMark(fresh, id, deadline))) {
            throw fenced();
        }
        underWay.sendAgain();
    }

    /** Waits for a server that is away as long as one call may take. */
    @Override
    public void resume() {
        streams.checkOpen();
        boolean isMine = streams.patiently(this::isStillClaimed);
        if (!isMine) {
            throw fenced();
        }
    }

    private boolean isStillClaimed() {
        long deadline = System.nanoTime() + streams.settings().timeout().toNanos();
        try {
            return connected(deadline).sequence() >>> EPOCH_SHIFT == epoch;
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.UNREACHABLE) {
                drop(failure);
            }
            throw failure;
        }
    }

    private void drop(FairleadException why) {
        ClaimLink open = link;
        link = null;
        if (open != null) {
            open.close(why);
        }
    }

    long epoch() {
        return epoch;
    }

    /** Behind the last record that was acknowledged, or the claim. */
    long end() {
        return end;
    }

    void close() {
        closed = true;
        drop(Failures.closed());
    }
}
