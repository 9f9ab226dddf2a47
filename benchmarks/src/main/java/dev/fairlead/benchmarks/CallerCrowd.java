package dev.fairlead.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Callers on a connection each, all on one thread, so that a thousand of them cost no more than a few. Each sends its next call as soon as it has an
 * answer, and one to two seconds after a refusal, as the node asks.
 */
final class CallerCrowd implements AutoCloseable {
    private static final int TAKEN = 200;
    private static final int REFUSED = 503;
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

    private final Selector selector = Selector.open();
    private final PriorityQueue<Caller> pausing = new PriorityQueue<>(Comparator.comparingLong(caller -> caller.due));
    private final Random random = new Random(1);
    private final byte[][] requests;
    private double[] taken = new double[1 << 16];
    private int count;
    private long refused;
    private double seconds;

    private static final class Caller {
        private final SocketChannel channel;
        private final Answer answer = new Answer();
        private final ByteBuffer in = ByteBuffer.wrap(answer.buffer);
        private int number;
        private long begin;
        private long due;

        private Caller(SocketChannel channel, int number) {
            this.channel = channel;
            this.number = number;
        }
    }

    CallerCrowd(int port, int size, byte[][] requests) throws IOException {
        this.requests = requests;
        for (int number = 0; number < size; number++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Caller(channel, number));
        }
    }

    /** All send their first call. */
    void begin() throws IOException {
        for (SelectionKey key : selector.keys()) {
            send((Caller) key.attachment());
        }
    }

    /** Goes on for so long, and until a call at least is answered that is taken; counts only what is answered in that time. */
    void call(Duration time) throws IOException {
        count = 0;
        refused = 0;
        long begin = System.nanoTime();
        for (long now = begin; now - begin < time.toNanos() || count == 0; now = System.nanoTime()) {
            if (now - begin > time.toNanos() + PATIENCE) {
                throw new IllegalStateException("the node has taken none of the calls");
            }
            round();
        }
        seconds = (System.nanoTime() - begin) / 1e9;
    }

    private void round() throws IOException {
        selector.select(1);
        for (SelectionKey key : selector.selectedKeys()) {
            read((Caller) key.attachment());
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        for (Caller next = pausing.peek(); next != null && next.due - now <= 0; next = pausing.peek()) {
            send(pausing.remove());
        }
    }

    private void send(Caller caller) throws IOException {
        caller.answer.clear();
        caller.begin = System.nanoTime();
        byte[] request = requests[caller.number++ % requests.length];
        if (caller.channel.write(ByteBuffer.wrap(request)) < request.length) {
            throw new IllegalStateException("a call is too long to be sent at once");
        }
    }

    private void read(Caller caller) throws IOException {
        Answer answer = caller.answer;
        int read = caller.channel.read(caller.in.clear().position(answer.come()));
        if (read < 0) {
            throw new EOFException("the node has ended a connection");
        }
        answer.add(read);
        if (answer.isWhole()) {
            long now = System.nanoTime();
            answered(caller, now);
        }
    }

    private void answered(Caller caller, long now) throws IOException {
        switch (caller.answer.status()) {
            case TAKEN -> {
                taken = count == taken.length ? Arrays.copyOf(taken, 2 * count) : taken;
                taken[count++] = (now - caller.begin) / 1e3;
                send(caller);
            }
            case REFUSED -> {
                refused++;
                caller.due = now + PAUSE + random.nextLong(PAUSE);
                pausing.add(caller);
            }
            default -> throw new IllegalStateException("a call was answered with " + caller.answer.status());
        }
    }

    /** How long the calls took that were answered, in microseconds. */
    double[] taken() {
        return Arrays.copyOf(taken, count);
    }

    /** In what time they came. */
    double seconds() {
        return seconds;
    }

    /** How many were refused. */
    long refused() {
        return refused;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
