package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A connection on which call follows call for as long as the node does not say that it ends; then the next one begins another. For one thread. */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SHOWN = 300;
    private static final int SHOWN_CALLS = 2;

    private final int port;
    private final List<String> before = new ArrayList<>();
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    KeptConnection(int port) {
        this.port = port;
    }

    /**
     * One call, in pieces.
     *
     * @param pauseMillis how long an answer is waited for between them
     */
    record Sent(String method, List<byte[]> pieces, int pauseMillis) {
        /** All at once, without a body. */
        static Sent of(String method, String target, String... headers) {
            return new Sent(method, List.of(head(method, target, headers).getBytes(ISO_8859_1)), 0);
        }

        private static String head(String method, String target, String... headers) {
            String lines = Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining());
            return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
        }

        /** The same, with this behind it. */
        Sent then(byte[] body, int pause) {
            List<byte[]> more = new ArrayList<>(pieces);
            more.add(body);
            return new Sent(method, more, pause);
        }

        /** The same with a pause at another place of it. */
        Sent cut(int at, int pause) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            pieces.forEach(all::writeBytes);
            byte[] bytes = all.toByteArray();
            List<byte[]> halves = List.of(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length));
            return new Sent(method, halves, pause);
        }

        int length() {
            return pieces.stream().mapToInt(piece -> piece.length).sum();
        }

        @Override
        public String toString() {
            return pieces.stream()
                    .map(piece -> shortened(new String(piece, ISO_8859_1)))
                    .collect(Collectors.joining(" [" + pauseMillis + " ms] "));
        }
    }

    /** One answer. The names of its headers are in small letters. */
    record Answer(int status, Map<String, String> headers, String body) {
        /** Whether it says that the connection ends with it. */
        boolean isLast() {
            return headers.getOrDefault("connection", "").equalsIgnoreCase("close");
        }
    }

    /** Sends this and gives its answer; fails when there is none, with what was said on the connection before. */
    Answer call(Sent call) {
        try {
            Socket open = open();
            send(call, open);
            open.setSoTimeout(PATIENCE_MILLIS);
            Answer answer = read(call.method());
            before.add(call + " -> " + answer.status() + " " + answer.headers());
            if (answer.isLast()) {
                close();
            }
            return answer;
        } catch (IOException e) {
            List<String> shown = before.subList(Math.max(0, before.size() - SHOWN_CALLS), before.size());
            String lost = "no answer to " + call + ", on the connection before it: " + String.join("; ", shown);
            close();
            throw new AssertionError(lost, e);
        }
    }

    private Socket open() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setTcpNoDelay(true);
            socket = open;
            in = new BufferedInputStream(open.getInputStream());
        }
        return open;
    }

    private void send(Sent call, Socket open) throws IOException {
        try {
            for (byte[] piece : call.pieces()) {
                if (piece != call.pieces().getFirst() && call.pauseMillis() > 0) {
                    listen(open, call.pauseMillis());
                }
                open.getOutputStream().write(piece);
            }
        } catch (SocketException closed) {
            // It may have answered before all was sent.
        }
    }

    /** Waits for an answer that comes before all is sent. */
    private void listen(Socket open, int millis) throws IOException {
        InputStream stream = stream();
        open.setSoTimeout(millis);
        stream.mark(1);
        try {
            if (stream.read() >= 0) {
                stream.reset();
            }
        } catch (SocketTimeoutException silent) {
            // The usual case.
        }
    }

    private InputStream stream() throws IOException {
        InputStream stream = in;
        if (stream == null) {
            throw new EOFException();
        }
        return stream;
    }

    private Answer read(String method) throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(":", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1].strip(), (one, two) -> one + ", " + two);
        }
        return status == 100 ? read(method) : new Answer(status, headers, body(method, status, headers));
    }

    private String body(String method, int status, Map<String, String> headers) throws IOException {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return "";
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            for (int length = length(); length > 0; length = length()) {
                body.write(bytes(length));
                line();
            }
            line();
        } else if (headers.containsKey("content-length")) {
            body.write(bytes(Integer.parseInt(headers.get("content-length"))));
        } else {
            stream().transferTo(body);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private int length() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = stream().readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = stream().read(); each != '\n'; each = stream().read()) {
            if (each < 0) {
                throw new EOFException("the connection ended after " + line.size() + " bytes of a line");
            }
            line.write(each);
        }
        return line.toString(ISO_8859_1).strip();
    }

    private static String shortened(String text) {
        String shown = text.replace("\r\n", " ~ ");
        return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "... (" + text.length() + " bytes)" : shown;
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        in = null;
        before.clear();
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
