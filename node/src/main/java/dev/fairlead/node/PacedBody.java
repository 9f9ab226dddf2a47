package dev.fairlead.node;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A body that may take its time at first, and then has to come at some pace: who sends a letter now and then keeps a place that others need. */
final class PacedBody extends FilterInputStream {
    /** Bytes a second, on average from the begin. */
    static final long PACE = 4096;

    private final Duration patience;
    private final long begin = System.nanoTime();
    private long come;

    PacedBody(InputStream body, Duration patience) {
        super(body);
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        int read = super.read(bytes, from, most);
        come += Math.max(read, 0);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        if (read >= 0 && taken.compareTo(patience) > 0 && come < taken.toSeconds() * PACE) {
            throw new Problem(ProblemType.TOO_SLOW, "the body comes with less than " + PACE + " bytes a second");
        }
        return read;
    }
}
