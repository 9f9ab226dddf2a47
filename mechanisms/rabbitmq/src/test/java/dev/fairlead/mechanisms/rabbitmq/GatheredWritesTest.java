package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheredWritesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Slow connection = new Slow();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final GatheredWrites writes = new GatheredWrites(connection, () -> closed.set(true));

    /** Lets a write go on when it is told, or fails. */
    private static final class Slow extends OutputStream {
        private final List<String> written = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);
        private volatile boolean broken;

        @Override
        public void write(int octet) {
            throw new AssertionError("octets come together");
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            begun.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (broken) {
                throw new IOException("broken pipe");
            }
            written.add(new String(bytes, from, length, UTF_8));
        }
    }

    @BeforeEach
    void start() {
        writes.start();
    }

    @AfterEach
    void end() {
        connection.free.countDown();
        writes.close();
    }

    private void flushed(String text) throws IOException {
        writes.write(text.getBytes(UTF_8));
        writes.flush();
    }

    private CompletableFuture<Void> beside(String text) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        flushed(text);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    @Test
    void whatIsFlushedDuringAWriteIsWrittenTogetherAndInOrder() throws Exception {
        CompletableFuture<Void> first = beside("first");
        connection.begun.await();
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            flushed("-" + i);
            rest.append('-').append(i);
        }
        connection.free.countDown();
        first.get(30, TimeUnit.SECONDS);

        Awaitility.await().atMost(PATIENCE).until(() -> connection.written.size() == 2);
        assertThat(connection.written).containsExactly("first", rest.toString());
    }

    @Test
    void aLoneFlushWritesAtOnce() throws Exception {
        connection.free.countDown();

        flushed("alone");

        assertThat(connection.written).containsExactly("alone");
    }

    @Test
    void whatCannotBeWrittenLaterClosesTheConnectionAndIsToldToTheNext() throws Exception {
        CompletableFuture<Void> first = beside("first");
        connection.begun.await();
        flushed("second");
        connection.free.countDown();
        first.get(30, TimeUnit.SECONDS);
        Awaitility.await().atMost(PATIENCE).until(() -> connection.written.size() == 2);
        connection.broken = true;

        assertThatThrownBy(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        flushed("third");
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken pipe");
        assertThat(connection.written).containsExactly("first", "second");
    }

    @Test
    void whoWaitsForRoomIsTold() throws Exception {
        CompletableFuture<Void> first = beside("first");
        connection.begun.await();
        writes.write(new byte[1 << 20]);
        CompletableFuture<Void> waiting = beside("no room");
        writes.close();

        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasMessageContaining("the connection is closed");
        assertThat(first).isNotDone();
    }
}
