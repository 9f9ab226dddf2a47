package dev.fairlead.engine.topic;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way to the owner of a log. Remembers whose log it has read and how far, so that another log, or the same one with its tail lost,
 * is never mixed with it. Safe for many threads.
 */
final class OwnerLine {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final String name;
    private final Call call;
    private FeedPage.@Nullable Writer writer;
    private long read;
    private @Nullable FairleadException damage;

    OwnerLine(String name, Call call) {
        this.name = name;
        this.call = call;
    }

    LogBounds bounds() {
        return ask(FeedQuestion.page(0, 1), new CompletableFuture<>()).batch().bounds();
    }

    Optional<LogRecord> newest(byte[] key) {
        return joined(FeedQuestion.newest(key), new CompletableFuture<>()).batch().records().stream()
                .findFirst();
    }

    /**
     * What stands from the offset on, as much as fits a page.
     *
     * @param closing fails when nobody waits for it any more
     */
    FeedPage page(long offset, int most, CompletableFuture<Answer> closing) {
        FeedPage page = joined(FeedQuestion.page(offset, most), closing);
        if (page.batch().bounds().end() < offset) {
            throw damaged("ends at " + page.batch().bounds().end() + ", below " + offset + ", which was read before");
        }
        return page;
    }

    /** A page in which a large record is complete. */
    private FeedPage joined(FeedQuestion question, CompletableFuture<Answer> closing) {
        FeedPage first = ask(question, closing);
        if (first.payload() < 0 || first.batch().records().size() != 1) {
            return first;
        }
        LogRecord record = first.batch().records().getFirst();
        ByteBuffer payload = ByteBuffer.allocate(first.payload());
        FeedPage part = first;
        while (true) {
            List<LogRecord> pieces = part.batch().records();
            if (part.payload() != first.payload()
                    || pieces.size() != 1
                    || pieces.getFirst().offset() != record.offset()
                    || pieces.getFirst().payload().length == 0
                    || pieces.getFirst().payload().length > payload.remaining()) {
                throw unreachable("a record changed while it was read in pieces; it is asked for again", null);
            }
            payload.put(pieces.getFirst().payload());
            if (!payload.hasRemaining()) {
                break;
            }
            part = ask(question.skipping(payload.position()), closing);
        }
        LogRecord whole =
                new LogRecord(record.offset(), record.emptyFrom(), record.key(), record.header(), payload.array());
        LogBatch batch = new LogBatch(
                List.of(whole), first.batch().bounds(), first.batch().beat());
        return new FeedPage(first.writer(), first.from(), first.to(), true, -1, batch);
    }

    private FeedPage ask(FeedQuestion question, CompletableFuture<Answer> closing) {
        refuseWhenDamaged();
        Answer answer = await(call.ask(name, question.packed(), DEADLINE), closing);
        return switch (answer) {
            case Answer.Given given ->
                FeedFormat.unpack(given.payload())
                        .flatMap(this::accept)
                        .orElseThrow(() -> unreachable("the answer is not its present owner's", null));
            case Answer.Refused refused ->
                throw unreachable("the answer is " + refused.code() + ": " + refused.message(), null);
        };
    }

    private Answer await(CompletableFuture<Answer> asked, CompletableFuture<Answer> closing) {
        try {
            return (Answer) CompletableFuture.anyOf(asked, closing).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            asked.cancel(false);
            throw closed(name);
        } catch (ExecutionException e) {
            asked.cancel(false);
            if (e.getCause() instanceof FairleadException known && known.code() == ErrorCode.CLOSED) {
                throw known;
            }
            throw unreachable("the owner does not answer", e.getCause());
        }
    }

    /** What came over the topic; empty when it counts for nothing: another program's, or from before the present owner's claim. */
    Optional<FeedPage> heard(byte[] message) {
        refuseWhenDamaged();
        return FeedFormat.unpack(message).flatMap(this::accept);
    }

    private synchronized Optional<FeedPage> accept(FeedPage page) {
        FeedPage.Writer known = writer;
        FeedPage.Writer now = page.writer();
        if (known != null && known.lineage() != now.lineage()) {
            throw damaged("is another than the one that was read before");
        }
        if (known != null && now.epoch() < known.epoch()) {
            return Optional.empty();
        }
        if (known == null || now.epoch() > known.epoch()) {
            if (now.claimedAt() < read) {
                throw damaged("ended at " + now.claimedAt() + " when its owner came back, below " + read
                        + ", which was read before");
            }
            writer = now;
        }
        return Optional.of(page);
    }

    /** Everything below was given to who reads. */
    synchronized void read(long below) {
        read = Math.max(read, below);
    }

    private synchronized void refuseWhenDamaged() {
        if (damage != null) {
            throw new FairleadException(damage.code(), String.valueOf(damage.getMessage()), damage);
        }
    }

    private synchronized FairleadException damaged(String how) {
        FairleadException found = new FairleadException(
                ErrorCode.STORAGE_DAMAGED,
                "the log of the owner of " + name + " " + how
                        + ": the owner has lost its store, or a part of it (start this service again, so that it loads what"
                        + " the owner has now)");
        damage = found;
        return found;
    }

    private FairleadException unreachable(String what, @Nullable Throwable cause) {
        String why = cause == null ? "" : " (" + cause.getMessage() + ")";
        return new FairleadException(
                ErrorCode.UNREACHABLE, "reading " + name + " from its owner: " + what + why, cause);
    }

    static FairleadException closed(String name) {
        return new FairleadException(ErrorCode.CLOSED, "the reader of " + name + " is closed or interrupted");
    }
}
