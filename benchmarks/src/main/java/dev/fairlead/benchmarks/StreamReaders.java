package dev.fairlead.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Many readers of one stream of server-sent events, each on a connection of its own, on one thread, which only counts the changes that come. */
final class StreamReaders implements AutoCloseable {
    private static final int BUFFER = 64 << 10;
    private static final byte[] CHANGE = "event: put\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final AtomicLong events = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("fairlead bench readers").unstarted(this::read);
    private volatile boolean closed;

    /** One reader: how much of the line that begins a change it has seen; negative in another line. What tells that a stream lives is not counted. */
    private static final class Reader {
        private int seen;

        int count(ByteBuffer bytes) {
            int changes = 0;
            while (bytes.hasRemaining()) {
                byte next = bytes.get();
                boolean isWanted = seen >= 0 && next == CHANGE[seen];
                seen = isWanted ? seen + 1 : -1;
                if (seen == CHANGE.length) {
                    changes++;
                }
                if (next == '\n') {
                    seen = 0;
                }
            }
            return changes;
        }
    }

    StreamReaders(int port, int count, byte[] request) throws IOException {
        for (int number = 0; number < count; number++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Reader());
        }
        thread.start();
    }

    /** How many changes all have got together. */
    long events() {
        return events.get();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        while (!closed) {
            try {
                selector.select(key -> read(key, buffer));
            } catch (IOException e) {
                throw new IllegalStateException("a reader's connection failed", e);
            }
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        try {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.cancel();
                return;
            }
            buffer.flip();
            events.addAndGet(((Reader) key.attachment()).count(buffer));
        } catch (IOException e) {
            key.cancel(); // it gets no more, which shows in the count
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
