package dev.fairlead.mechanisms.rabbitmq;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes sockets that gather what is written to them. */
final class GatheringSockets extends SocketFactory {
    @Override
    public Socket createSocket() {
        return new Gathering();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the client connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        return createSocket(host, port);
    }

    private static final class Gathering extends Socket {
        private @Nullable GatheredWrites writes;

        @Override
        public synchronized OutputStream getOutputStream() throws IOException {
            GatheredWrites open = writes;
            if (open == null) {
                open = new GatheredWrites(super.getOutputStream(), this);
                open.start();
                writes = open;
            }
            return open;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                GatheredWrites open;
                synchronized (this) {
                    open = writes;
                }
                if (open != null) {
                    open.close();
                }
            }
        }
    }
}
