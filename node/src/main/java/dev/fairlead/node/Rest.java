package dev.fairlead.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * What is still to come of a call that is answered already. A client that still sends when its connection ends may never see the answer, and so
 * the rest is read first and dropped: up to some bodies of the largest size, and for a second.
 */
record Rest(Request request, int largestBody) {
    private static final long BODIES = 4;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Whether all is read now. */
    boolean read() {
        if (request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())) {
            return request.consumeAvailable(); // Reading on would tell it to send what nobody wants.
        }
        long deadline = System.nanoTime() + NANOS;
        long left = BODIES * largestBody;
        while (left >= 0) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                if (!comes(deadline)) {
                    return false;
                }
                continue;
            }
            boolean isLast = chunk.isLast();
            boolean isFailure = Content.Chunk.isFailure(chunk);
            left -= chunk.remaining();
            chunk.release();
            if (isLast || isFailure) {
                return !isFailure;
            }
        }
        return false;
    }

    /** Whether something has come before the deadline. */
    private boolean comes(long deadline) {
        CountDownLatch come = new CountDownLatch(1);
        request.demand(come::countDown);
        try {
            return come.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
