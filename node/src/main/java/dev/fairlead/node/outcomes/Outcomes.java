package dev.fairlead.node.outcomes;

import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what has come of calls by the key that their callers gave them, in memory: for a time, and no more than so many and so much.
 * When there is no room the oldest are forgotten first. Of equal calls at once one is done, the others wait for it. Safe for many threads.
 *
 * @param <O> an outcome
 */
public final class Outcomes<O> {
    private final long window;
    private final int most;
    private final long mostBytes;
    private final TimeSource time;
    private final Map<Call, CompletableFuture<Done<O>>> underWay = new LinkedHashMap<>();
    private final Map<Call, Done<O>> done = new LinkedHashMap<>();
    private final Map<Call, byte[]> begun = new LinkedHashMap<>();
    private long bytes;

    /** Which call it is: whose, to what, and under which key. */
    public record Call(String caller, String item, String key) {}

    /**
     * What has come of a call.
     *
     * @param weight about how many bytes it takes to remember it
     * @param isFinal whether a repeated call gets it too; else that is done again
     */
    public record Result<O>(O outcome, int weight, boolean isFinal) {}

    /**
     * The outcome that a call gets.
     *
     * @param isRepeated whether it is that of an earlier call
     */
    public record Given<O>(O outcome, boolean isRepeated) {}

    /** Says that a key was used before with another content. */
    public static final class KeyReused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyReused() {
            super("the key was used with another content", null, false, false);
        }
    }

    private record Done<O>(byte[] content, Result<O> result, long at) {}

    /** Remembers outcomes for so long, so many of them, and of so many bytes together. */
    public Outcomes(Duration window, int most, long mostBytes, TimeSource time) {
        this.window = window.toNanos();
        this.most = most;
        this.mostBytes = mostBytes;
        this.time = time;
    }

    /**
     * What came of the call before, or what comes of it now. Passes on what the work fails with, which is not remembered.
     *
     * @param content a digest of what is called for
     * @throws KeyReused when the key stands for another content
     * @throws InterruptedException while it waits for an equal call
     */
    public Given<O> once(Call call, byte[] content, Supplier<Result<O>> work) throws InterruptedException {
        while (true) {
            CompletableFuture<Done<O>> own = new CompletableFuture<>();
            CompletableFuture<Done<O>> other;
            synchronized (this) {
                Done<O> known = known(call);
                if (known != null) {
                    return new Given<>(
                            checked(known.content(), content, known).result().outcome(), true);
                }
                other = underWay.putIfAbsent(call, own);
                if (other == null) {
                    begun.put(call, content);
                } else {
                    checked(begun.getOrDefault(call, content), content, call);
                }
            }
            if (other == null) {
                return new Given<>(lead(call, content, own, work).outcome(), false);
            }
            Optional<O> came = await(other);
            if (came.isPresent()) {
                return new Given<>(came.get(), true);
            }
        }
    }

    private static <T> T checked(byte[] before, byte[] now, T passed) {
        if (!Arrays.equals(before, now)) {
            throw new KeyReused();
        }
        return passed;
    }

    private Result<O> lead(Call call, byte[] content, CompletableFuture<Done<O>> own, Supplier<Result<O>> work) {
        try {
            Result<O> result = work.get();
            Done<O> finished = new Done<>(content, result, time.nanos());
            if (result.isFinal()) {
                keep(call, finished);
                own.complete(finished);
            }
            return result;
        } finally {
            synchronized (this) {
                underWay.remove(call);
                begun.remove(call);
            }
            own.cancel(false);
        }
    }

    private static <O> Optional<O> await(CompletableFuture<Done<O>> other) throws InterruptedException {
        try {
            return Optional.of(other.get().result().outcome());
        } catch (ExecutionException | java.util.concurrent.CancellationException none) {
            return Optional.empty();
        }
    }

    private @Nullable Done<O> known(Call call) {
        forget();
        return done.get(call);
    }

    private synchronized void keep(Call call, Done<O> finished) {
        done.put(call, finished);
        bytes += finished.result().weight();
        forget();
    }

    /** The map's order is that of age. */
    private void forget() {
        Iterator<Done<O>> oldest = done.values().iterator();
        long now = time.nanos();
        while (oldest.hasNext()) {
            Done<O> next = oldest.next();
            if (done.size() <= most && bytes <= mostBytes && now - next.at() < window) {
                return;
            }
            bytes -= next.result().weight();
            oldest.remove();
        }
    }
}
