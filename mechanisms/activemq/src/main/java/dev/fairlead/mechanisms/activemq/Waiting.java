package dev.fairlead.mechanisms.activemq;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.apache.qpid.protonj2.client.exceptions.ClientOperationTimedOutException;

/** Waits for the broker's answers. An interrupt does not end such a wait, which the time-out limits: an exchange is not left in its middle. */
final class Waiting {
    private Waiting() {}

    static <T> T get(Future<T> answer, Duration timeout) throws ClientException {
        return get(answer, timeout, System.nanoTime());
    }

    /** The same for one of several answers that are waited for together, since the moment of {@link System#nanoTime()}. */
    static <T> T get(Future<T> answer, Duration timeout, long since) throws ClientException {
        boolean interrupted = false;
        long deadline = since + timeout.toNanos();
        try {
            while (true) {
                try {
                    return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ClientException known ? known : new ClientException(e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new ClientOperationTimedOutException("no answer within " + timeout, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
