package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Uninterrupted;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for what a server says. */
final class Answers {
    private Answers() {}

    /** The answer; fails with UNREACHABLE when none has come at the moment, by the system's steady clock. An interrupt does not end it. */
    static <T> T await(String what, CompletableFuture<T> answer, long deadline) {
        return Uninterrupted.call(() -> {
            try {
                return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof FairleadException known
                        ? known
                        : Failures.failure(ErrorCode.INTERNAL, what + " failed: " + e.getCause(), e);
            } catch (TimeoutException e) {
                throw Failures.failure(ErrorCode.UNREACHABLE, what + " got no answer in time", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failures.interrupted();
            }
        });
    }
}
