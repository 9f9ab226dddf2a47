package dev.fairlead.mechanisms.embedded;

/**
 * How much memory and spare room the database takes, by the size of its volume.
 *
 * @param writeBuffer how much of the blocks is gathered in memory before it is written out as a file
 * @param reserve how much of the volume stays free, so that what is in memory can always be written out
 */
record Sizing(long writeBuffer, long reserve) {
    private static final long MIB = 1024 * 1024;
    private static final long SMALLEST_BUFFER = MIB;
    private static final long LARGEST_BUFFER = 8 * MIB;
    private static final int SHARE_OF_VOLUME = 64;
    private static final int BUFFERS_IN_RESERVE = 8;

    static Sizing memory() {
        return new Sizing(LARGEST_BUFFER, 0);
    }

    static Sizing volume(long bytes) {
        long buffer = Math.clamp(bytes / SHARE_OF_VOLUME, SMALLEST_BUFFER, LARGEST_BUFFER);
        return new Sizing(buffer, buffer * BUFFERS_IN_RESERVE);
    }
}
