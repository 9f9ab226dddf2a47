package dev.fairlead.mechanisms.embedded;

/** Integers of seven bits a byte, the lowest first; the high bit says that another byte follows. */
final class VariableInts {
    static final int MAX_INT = 5;
    static final int MAX_LONG = 10;

    private static final int MORE = 0x80;
    private static final int BITS = 0x7f;

    private VariableInts() {}

    static int put(byte[] target, int at, long value) {
        int next = at;
        long rest = value;
        while ((rest & ~BITS) != 0) {
            target[next++] = (byte) (rest & BITS | MORE);
            rest >>>= 7;
        }
        target[next++] = (byte) rest;
        return next;
    }
}
