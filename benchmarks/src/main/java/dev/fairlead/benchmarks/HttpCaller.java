package dev.fairlead.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One connection that sends the same calls again and again and looks at nothing but status and length of what comes, so that hardly anything of the
 * time is its own. For one thread.
 */
final class HttpCaller implements AutoCloseable {
    private static final int LARGEST = 64 << 10;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final String LENGTH = "content-length: ";
    private static final int NOT_MODIFIED = 304;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[LARGEST];
    private int come;

    HttpCaller(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** What is sent: a line and headers, each with its line end, and perhaps a body. */
    static byte[] request(String line, String headers, String body) {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        String text = line + " HTTP/1.1\r\nHost: localhost\r\n" + headers + length + "\r\n" + body;
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends it and reads the answer; gives its status. */
    int call(byte[] request) throws IOException {
        come = 0;
        out.write(request);
        int end = head();
        int status = Integer.parseInt(text(STATUS_AT, STATUS_AT + 3));
        int all = end + (status == NOT_MODIFIED ? 0 : length(end));
        while (come < all) {
            read();
        }
        if (come > all) {
            throw new IllegalStateException("more came than was asked for: " + text(all, come));
        }
        return status;
    }

    /** The last answer as it came. */
    byte[] answer() {
        return Arrays.copyOf(buffer, come);
    }

    /** Reads to the end of the headers; gives where it is. */
    private int head() throws IOException {
        int at = 0;
        while (true) {
            for (; at + 3 < come; at++) {
                if (buffer[at] == '\r' && buffer[at + 1] == '\n' && buffer[at + 2] == '\r' && buffer[at + 3] == '\n') {
                    return at + 4;
                }
            }
            read();
        }
    }

    private void read() throws IOException {
        int read = in.read(buffer, come, LARGEST - come);
        if (read <= 0) {
            throw new EOFException("the connection ended, or an answer has more than " + LARGEST + " bytes");
        }
        come += read;
    }

    private int length(int end) {
        String head = text(0, end).toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without a length: " + head);
        }
        return Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at)));
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
