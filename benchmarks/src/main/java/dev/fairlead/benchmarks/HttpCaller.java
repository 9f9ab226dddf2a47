package dev.fairlead.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection that sends the same calls again and again and looks at nothing but status and length of what comes, so that hardly anything of the
 * time is its own. For one thread.
 */
final class HttpCaller implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Answer answer = new Answer();

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
        answer.clear();
        out.write(request);
        while (!answer.isWhole()) {
            int read = in.read(answer.buffer, answer.come(), answer.buffer.length - answer.come());
            if (read <= 0) {
                throw new EOFException("the connection ended, or an answer is too long");
            }
            answer.add(read);
        }
        return answer.status();
    }

    /** The last answer as it came. */
    byte[] answer() {
        return answer.bytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
