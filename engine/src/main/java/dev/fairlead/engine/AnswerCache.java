package dev.fairlead.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers to earlier questions of one service to one item, each for as long as the plan allows.
 *
 * <p>The age of an answer counts from the moment at which its question was asked, so that it is never older than it looks. Of equal
 * questions at once one is asked; the others wait for its answer until their own deadline, and are asked themselves when it brings none.
 * Refusals and failures are not kept.
 */
final class AnswerCache {
    private final String item;
    private final long within;
    private final TimeSource time;
    private final Cache<ByteBuffer, Kept> kept;
    private final ConcurrentMap<ByteBuffer, CompletableFuture<Kept>> underWay = new ConcurrentHashMap<>();

    private record Kept(byte[] answer, long asked) {}

    AnswerCache(String item, Duration within, TimeSource time) {
        this.item = item;
        this.within = within.toNanos();
        this.time = time;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(RequestRules.KEPT_BYTES)
                .weigher((ByteBuffer question, Kept answer) ->
                        question.remaining() + answer.answer().length + RequestRules.KEPT_OVERHEAD)
                .expireAfterWrite(within.plusNanos(1))
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * The answer that is kept, or that comes to an equal question; empty when the caller asked it.
     *
     * @param ask asks the owner, and passes on what it fails with
     */
    Optional<byte[]> answer(byte[] question, Deadline deadline, Supplier<byte[]> ask) {
        ByteBuffer key = ByteBuffer.wrap(question);
        while (true) {
            byte[] known = fresh(kept.getIfPresent(key));
            if (known != null) {
                return Optional.of(known);
            }
            CompletableFuture<Kept> own = new CompletableFuture<>();
            CompletableFuture<Kept> other = underWay.putIfAbsent(key, own);
            if (other == null) {
                return lead(key, own, ask);
            }
            Kept came = await(other, deadline);
            byte[] answer = fresh(came);
            if (answer != null) {
                return Optional.of(answer);
            }
            if (came == null) {
                var unused = ask.get(); // the asker itself has taken it
                return Optional.empty();
            }
        }
    }

    private Optional<byte[]> lead(ByteBuffer key, CompletableFuture<Kept> own, Supplier<byte[]> ask) {
        try {
            Kept before = kept.getIfPresent(key); // another may have led between the two looks
            byte[] known = fresh(before);
            if (known != null) {
                own.complete(before);
                return Optional.of(known);
            }
            long asked = time.nanos();
            Kept answer = new Kept(ask.get(), asked);
            kept.put(key, answer);
            own.complete(answer);
            return Optional.empty();
        } finally {
            underWay.remove(key, own);
            own.cancel(false);
        }
    }

    private byte @Nullable [] fresh(@Nullable Kept answer) {
        return answer != null && time.nanos() - answer.asked() <= within ? answer.answer() : null;
    }

    /** What the other question brings; null when it brings none. */
    private @Nullable Kept await(CompletableFuture<Kept> other, Deadline deadline) {
        CompletableFuture<Kept> waiting = other.copy();
        TimeSource.Alarm alarm = time.at(
                time.nanos() + deadline.left().toNanos(), () -> waiting.completeExceptionally(new TimeoutException()));
        try {
            return waiting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw unknown("had no answer until the deadline", e);
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("was waited for until an interrupt", e);
        } finally {
            alarm.cancel();
        }
    }

    private FairleadException unknown(String what, Exception cause) {
        return new FairleadException(
                ErrorCode.OUTCOME_UNKNOWN,
                "an equal question to " + item + " was under way and " + what + "; it may have run",
                cause);
    }
}
