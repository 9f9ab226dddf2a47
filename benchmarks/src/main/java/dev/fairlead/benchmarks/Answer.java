package dev.fairlead.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** An answer of HTTP/1.1 as its bytes come, of which nothing is looked at but status and length. For one thread. */
final class Answer {
    private static final int LARGEST = 64 << 10;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final String LENGTH = "content-length: ";
    private static final int NOT_MODIFIED = 304;

    /** To be filled from {@link #come} on. */
    final byte[] buffer = new byte[LARGEST];

    private int come;
    private int looked;
    private int wanted = Integer.MAX_VALUE;
    private int status;

    /** Begins with the next one. */
    void clear() {
        come = 0;
        looked = 0;
        wanted = Integer.MAX_VALUE;
    }

    /** How many bytes have come. */
    int come() {
        return come;
    }

    /** Takes so many bytes more as come. */
    void add(int bytes) {
        come += bytes;
    }

    /** Whether it is here to its end. */
    boolean isWhole() {
        if (wanted == Integer.MAX_VALUE) {
            lookForHead();
        }
        if (come > wanted) {
            throw new IllegalStateException("more came than was asked for: " + text(wanted, come));
        }
        return come == wanted;
    }

    private void lookForHead() {
        for (; looked + 3 < come; looked++) {
            if (buffer[looked] == '\r'
                    && buffer[looked + 1] == '\n'
                    && buffer[looked + 2] == '\r'
                    && buffer[looked + 3] == '\n') {
                int end = looked + 4;
                status = Integer.parseInt(text(STATUS_AT, STATUS_AT + 3));
                wanted = end + (status == NOT_MODIFIED ? 0 : length(end));
                return;
            }
        }
        if (come == LARGEST) {
            throw new IllegalStateException("an answer has more than " + LARGEST + " bytes of headers");
        }
    }

    private int length(int end) {
        String head = text(0, end).toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without a length: " + head);
        }
        return Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at)));
    }

    /** Of one that is whole. */
    int status() {
        return status;
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer, come);
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.US_ASCII);
    }
}
