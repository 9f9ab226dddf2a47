package dev.fairlead.spi;

/**
 * What is asked, or told through a {@link Queue}. The arrays are not copied: nobody changes them.
 *
 * @param header the packed envelope, at most 4 KiB
 * @param payload the encoded question, at most 1 MiB
 */
public record Question(byte[] header, byte[] payload) {
    /** The longest header of a question, an answer or a message, in bytes. */
    public static final int MAX_HEADER = 4 * 1024;

    /** The longest payload of a question, an answer or a message, in bytes. */
    public static final int MAX_PAYLOAD = 1024 * 1024;

    /** Header and payload together, in bytes. */
    public int size() {
        return header.length + payload.length;
    }
}
