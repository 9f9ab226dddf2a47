package dev.fairlead.examples.trading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other. A row that is longer than any good one is cut. For one thread. */
final class Rows {
    private static final int LONGEST = 1000;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] row = new byte[LONGEST];
    private int at;
    private int end;

    Rows(InputStream in) {
        this.in = in;
    }

    @Nullable
    String next() throws IOException {
        int length = 0;
        boolean isThere = false;
        while (at < end || fill()) {
            isThere = true;
            byte next = buffer[at++];
            if (next == '\n') {
                break;
            }
            if (length < LONGEST && next != '\r') {
                row[length++] = next;
            }
        }
        return isThere ? new String(row, 0, length, StandardCharsets.UTF_8) : null;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = in.read(buffer);
        return end > 0;
    }
}
