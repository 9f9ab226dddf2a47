package dev.fairlead.testkit.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A TCP proxy on this machine, through which the connections between a client and a server can be made slow, dumb or broken.
 *
 * <p>What is set holds for the connections that are open and for those to come. Safe for many threads.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5000;
    private static final int BUFFER = 8192;

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Predicate<byte[]>> cutAfter = new AtomicReference<>(bytes -> false);
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean black;
    private volatile boolean refusing;

    private TcpProxy(ServerSocket listening, InetSocketAddress target) {
        this.listening = listening;
        this.target = target;
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** A proxy on a free port of this machine, in front of a port of this machine. */
    public static TcpProxy to(int port) {
        return at(0, port);
    }

    /** The same on a port that a server has told to its clients; 0 for a free one. */
    public static TcpProxy at(int own, int port) {
        try {
            return new TcpProxy(
                    new ServerSocket(own, 50, InetAddress.getLoopbackAddress()),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port to connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Holds back each piece of data for so long, in both directions. */
    public void delay(Duration time) {
        latency = time;
    }

    /** Lets nothing through while it is on, and keeps the connections open; what was held back goes on after it. */
    public void blackHole(boolean on) {
        black = on;
    }

    /** Refuses new connections while it is on. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** Breaks the open connections. */
    public void reset() {
        links.forEach(Link::reset);
    }

    /**
     * Breaks the connection on which the client sends data that the predicate knows: the server gets the data, and its answer does
     * not get back. Once.
     */
    public void cutAnswerTo(Predicate<byte[]> request) {
        cutAfter.set(request);
    }

    /** How often an answer was cut off so. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (refusing) {
                    client.setSoLinger(true, 0);
                    client.close();
                } else {
                    open(client);
                }
            } catch (IOException e) {
                // The next connection may do better; after a close there is none.
            }
        }
    }

    private void open(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target, CONNECT_MILLIS);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Link link = new Link(client, server);
        links.add(link);
        Thread.ofVirtual().name("proxy to server").start(() -> link.pump(client, server));
        Thread.ofVirtual().name("proxy to client").start(() -> link.pump(server, client));
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }

    /** One connection of a client with its connection to the server. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean cut;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    hold();
                    if (from == client) {
                        noteCut(buffer, read);
                    } else if (cut) {
                        cuts.incrementAndGet();
                        reset();
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException e) {
                // The connection is over.
            } finally {
                close(from);
                close(to);
                links.remove(this);
            }
        }

        private void hold() {
            if (!latency.isZero()) {
                LockSupport.parkNanos(latency.toNanos());
            }
            while (black && !client.isClosed()) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        private void noteCut(byte[] buffer, int length) {
            Predicate<byte[]> wanted = cutAfter.get();
            byte[] data = Arrays.copyOf(buffer, length);
            if (wanted.test(data) && cutAfter.compareAndSet(wanted, bytes -> false)) {
                cut = true;
            }
        }

        void reset() {
            for (Socket each : new Socket[] {client, server}) {
                try {
                    each.setSoLinger(true, 0);
                } catch (IOException e) {
                    // It is closed already.
                }
                close(each);
            }
        }

        private void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is as good as closed.
            }
        }
    }
}
