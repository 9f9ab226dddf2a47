package dev.fairlead.mechanisms.http;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The way to a node, of one opening there. Safe for many threads; after {@link #close} every call fails with CLOSED, also those under way.
 *
 * <p>A call is made again until the time-out, when the node is away or busy: all of them may be made twice.
 */
final class NodeLink implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int OK = 200;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PARTING = Duration.ofSeconds(2);

    private final HttpSettings settings;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fairlead http call").factory());
    private final String opening = UUID.randomUUID().toString();
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean answered;
    private volatile boolean closed;

    NodeLink(HttpSettings settings) {
        this.settings = settings;
        AtomicInteger count = new AtomicInteger();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(settings.version())
                .connectTimeout(settings.timeout())
                .executor(Executors.newCachedThreadPool(work -> Thread.ofPlatform()
                        .daemon()
                        .name("fairlead-http-" + count.incrementAndGet())
                        .unstarted(work)));
        if (settings.tls() != null) {
            builder.sslContext(settings.tls().context());
        }
        this.client = builder.build();
    }

    HttpSettings settings() {
        return settings;
    }

    /**
     * What came of a call.
     *
     * @param isUnsure whether an earlier try may have had its effect, or have it still
     */
    record Result(byte @Nullable [] answer, @Nullable FairleadException failure, boolean isUnsure) {
        byte[] get() {
            if (answer != null) {
                return answer;
            }
            throw Objects.requireNonNull(failure);
        }

        /** The answer; but a refusal is OUTCOME_UNKNOWN where it says nothing of an earlier try, whose answer was lost. */
        byte[] surely() {
            if (failure != null && isUnsure) {
                throw new FairleadException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "an answer was lost, and the next try was refused: " + failure.getMessage(),
                        failure);
            }
            return get();
        }
    }

    /** What came of a try: bytes, or why not. */
    private record Outcome(
            byte @Nullable [] answer, @Nullable FairleadException failure, boolean isPassing, boolean isSent) {}

    /** Posts a message, and gives the answer; an interrupt does not end the wait, which the time-out limits. */
    byte[] post(String path, byte[] message) {
        return posted(path, message).get();
    }

    /** Posts a message, and tells what came of it. */
    Result posted(String path, byte[] message) {
        boolean interrupted = Thread.interrupted();
        try {
            return again("POST", path, message, settings.timeout(), underWay);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Posts a message that the node may think about for so long; an interrupt ends the wait with CLOSED, and so does a cancellation of what the holder has. */
    byte[] ask(String path, byte[] message, Duration patience, Set<CompletableFuture<?>> holder) {
        return again("POST", path, message, settings.timeout().plus(patience), holder)
                .get();
    }

    /** Asks what the node can do, and waits for it as long as the settings say. */
    byte[] about() {
        return again("GET", "/mechanism", NOTHING, settings.startWait(), underWay)
                .get();
    }

    /** Takes away what the path names. */
    void delete(String path) {
        again("DELETE", path, NOTHING, settings.startWait(), underWay).get();
    }

    private Result again(String method, String path, byte[] message, Duration most, Set<CompletableFuture<?>> holder) {
        long begin = System.nanoTime();
        boolean isUnsure = false;
        while (true) {
            requireOpen();
            long left = most.toNanos() - (System.nanoTime() - begin);
            Outcome outcome = outcome(method, path, message, Math.max(left, PAUSE.toNanos()), holder);
            if (outcome.answer() == null) {
                requireOpen();
            }
            if (!outcome.isPassing()) {
                return new Result(outcome.answer(), outcome.failure(), isUnsure);
            }
            isUnsure |= outcome.isSent();
            if (System.nanoTime() - begin + PAUSE.toNanos() >= most.toNanos()) {
                FairleadException failure = outcome.failure();
                return new Result(
                        null,
                        new FairleadException(
                                isUnsure ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.UNREACHABLE,
                                settings.place() + " did not answer within " + most.toMillis() + " ms: "
                                        + (failure == null ? "" : failure.getMessage()),
                                failure),
                        isUnsure);
            }
            pause();
        }
    }

    private void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    private Outcome outcome(String method, String path, byte[] message, long nanos, Set<CompletableFuture<?>> holder) {
        CompletableFuture<HttpResponse<byte[]>> sent = send(method, path, message);
        holder.add(sent);
        try {
            return outcome(sent.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            sent.cancel(true);
            return new Outcome(null, unreachable("no answer came in time", e), true, true);
        } catch (ExecutionException e) {
            boolean isSent = !(e.getCause() instanceof ConnectException);
            return new Outcome(null, unreachable(String.valueOf(e.getCause()), e), true, isSent);
        } catch (CancellationException e) {
            throw closedFailure();
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw interrupted();
        } finally {
            underWay.remove(sent);
            holder.remove(sent);
        }
    }

    private Outcome outcome(HttpResponse<byte[]> response) {
        answered = true;
        if (response.statusCode() / 100 == OK / 100) {
            return new Outcome(response.body(), null, false, true);
        }
        Refusal refusal = Refusal.of(response.statusCode(), response.body());
        return new Outcome(null, refusal.failure(), refusal.isPassing(), false);
    }

    /** Posts a message once, whatever becomes of it. */
    CompletableFuture<@Nullable FairleadException> postOnce(String path, byte[] message) {
        CompletableFuture<HttpResponse<byte[]>> sent = send("POST", path, message);
        return sent.handle((response, failure) -> {
            underWay.remove(sent);
            return response == null ? null : outcome(response).failure();
        });
    }

    /** What a clock shows, as the node is told it. */
    static String shown(TimeSource clock) {
        Instant now = clock.now();
        return clock.nanos() + " " + now.getEpochSecond() + " " + now.getNano();
    }

    /** Lets the node hear of this opening, if it is there. */
    void showLife() {
        CompletableFuture<HttpResponse<byte[]>> sent = send("POST", "/mechanism/alive", NOTHING);
        sent.whenComplete((response, failure) -> underWay.remove(sent));
    }

    private CompletableFuture<HttpResponse<byte[]>> send(String method, String path, byte[] message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                .method(
                        method,
                        message.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(message))
                .header("Fairlead-Opening", opening);
        if (!settings.space().isEmpty()) {
            request.header("Fairlead-Space", settings.space());
        }
        if (settings.clock() != null) {
            request.header("Fairlead-Clock", shown(settings.clock()));
        }
        String key = settings.key().password();
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        CompletableFuture<HttpResponse<byte[]>> sent = new CompletableFuture<>();
        underWay.add(sent);
        try {
            Future<?> sending = threads.submit(() -> send(request.build(), sent));
            sent.whenComplete((response, failure) -> {
                if (sent.isCancelled()) {
                    sending.cancel(true);
                }
            });
        } catch (RejectedExecutionException e) {
            sent.cancel(true);
        }
        if (closed) {
            sent.cancel(true);
        }
        return sent;
    }

    /** Sends and waits on a thread of its own: what the client does asynchronously ends on the common pool, which an application may hold. */
    private void send(HttpRequest request, CompletableFuture<HttpResponse<byte[]>> sent) {
        try {
            sent.complete(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException | RuntimeException e) {
            sent.completeExceptionally(e);
        } catch (InterruptedException e) {
            sent.cancel(true);
        }
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw closedFailure();
        }
    }

    FairleadException closedFailure() {
        return new FairleadException(ErrorCode.CLOSED, "the http mechanism is closed; open it anew");
    }

    static FairleadException interrupted() {
        return new FairleadException(ErrorCode.CLOSED, "the wait was interrupted; the interrupt flag is still set");
    }

    private FairleadException unreachable(String why, Throwable cause) {
        return new FairleadException(ErrorCode.UNREACHABLE, settings.place() + ": " + why, cause);
    }

    /** Ends the opening at the node too, if that has answered before and does so soon; it ends by itself an opening that nobody uses. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        CompletableFuture<?> parting =
                answered ? send("DELETE", "/mechanism", NOTHING) : CompletableFuture.completedFuture(NOTHING);
        closed = true;
        underWay.stream().filter(each -> each != parting).forEach(each -> each.cancel(true));
        boolean interrupted = Thread.interrupted();
        try {
            parting.get(PARTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The node ends the opening by itself.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        threads.shutdownNow();
        client.shutdownNow();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
