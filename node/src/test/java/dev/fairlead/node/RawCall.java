package dev.fairlead.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * What came back for bytes that no proper client would send.
 *
 * @param text until the connection was closed, or {@code patience} had passed in silence
 */
record RawCall(String text) {
    private static final int PATIENCE_MILLIS = 15_000;

    /** Sends this, and nothing after it, and reads all that comes. */
    static RawCall to(RunningNode node, String bytes) {
        return to(node.port(), bytes);
    }

    /** The same to whatever listens on this port. */
    static RawCall to(int port, String bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            send(socket, bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new RawCall(all(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (SocketException closed) {
            // The node has answered before all was sent; what it said is still to be read.
        }
    }

    private static String all(InputStream stream) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            stream.transferTo(all);
        } catch (SocketException reset) { // after an answer, when the rest of a call was not read
            if (all.size() == 0) {
                throw reset;
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** The status of the first answer. */
    int status() {
        return Integer.parseInt(text.substring(9, 12));
    }

    /** How many answers came. */
    int answers() {
        return text.split("HTTP/1\\.1 ", -1).length - 1;
    }
}
