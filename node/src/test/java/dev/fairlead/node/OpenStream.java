package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** Server-sent events as they come over a socket. */
final class OpenStream implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Socket socket;
    private final StringBuffer text = new StringBuffer();
    private final Thread reading;

    private OpenStream(Socket socket) {
        this.socket = socket;
        this.reading = Thread.ofVirtual().start(this::read);
    }

    /** @param headers lines to send as well */
    static OpenStream of(RunningNode node, String path, String headers) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port());
            String call =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + headers + "\r\n";
            socket.getOutputStream().write(call.getBytes(UTF_8));
            return new OpenStream(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream stream = socket.getInputStream()) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                text.append(new String(buffer, 0, count, UTF_8));
            }
        } catch (IOException closed) {
            // here or there
        }
    }

    String text() {
        return text.toString();
    }

    void awaitText(String wanted) {
        await().pollDelay(Duration.ZERO).atMost(SOON).until(() -> text.indexOf(wanted) >= 0);
    }

    void awaitEnd() {
        await().atMost(SOON).until(() -> !reading.isAlive());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
