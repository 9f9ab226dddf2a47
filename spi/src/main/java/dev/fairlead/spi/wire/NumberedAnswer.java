package dev.fairlead.spi.wire;

/**
 * The answer to an act that has a number, so that one that is sent twice is done once.
 *
 * @param run of the process that answers; it remembers nothing of its earlier ones
 */
public record NumberedAnswer(long run, State state, byte[] content) {
    private static final byte[] NOTHING = {};
    private static final int MOST = 64 << 20;

    /** What became of the act. */
    public enum State {
        /** It was sent to an earlier run, and not done now. */
        OTHER_RUN,
        /** It goes on; its answer is to be had by sending it again. */
        UNDER_WAY,
        /** It was done, now or before. */
        DONE
    }

    /** An answer without content. */
    public static NumberedAnswer of(long run, State state) {
        return new NumberedAnswer(run, state, NOTHING);
    }

    /** As it travels. */
    public byte[] toBytes() {
        return new WireOutput()
                .number(run)
                .count(state.ordinal())
                .bytes(content)
                .toBytes();
    }

    /** As it came. */
    public static NumberedAnswer of(byte[] message) {
        WireInput in = new WireInput(message);
        NumberedAnswer answer =
                new NumberedAnswer(in.number(), State.values()[in.count(State.DONE.ordinal())], in.bytes(MOST));
        in.end();
        return answer;
    }
}
