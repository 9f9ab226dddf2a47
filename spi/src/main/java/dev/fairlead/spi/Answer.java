package dev.fairlead.spi;

/** What an answerer says to a question. The arrays are not copied: nobody changes them. */
public sealed interface Answer {
    /** The longest code of a refusal, in characters. */
    int MAX_CODE = 100;

    /** The longest message of a refusal, in characters. */
    int MAX_MESSAGE = 2000;

    /** The code of the refusal by which a mechanism answers for an answerer that threw, or broke a limit. */
    String FAILED = "failed";

    /**
     * An answer.
     *
     * @param header at most {@link Question#MAX_HEADER} bytes
     * @param payload at most {@link Question#MAX_PAYLOAD} bytes
     */
    record Given(byte[] header, byte[] payload) implements Answer {}

    /**
     * No answer, but the reason why.
     *
     * @param header as in an answer; empty when the mechanism answers for its answerer
     * @param code for programs
     * @param message for people
     */
    record Refused(byte[] header, String code, String message) implements Answer {}
}
