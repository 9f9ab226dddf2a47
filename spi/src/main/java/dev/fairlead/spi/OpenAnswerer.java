package dev.fairlead.spi;

/** An answerer that takes questions until it is closed. Safe for many threads. */
public interface OpenAnswerer extends AutoCloseable {
    /**
     * How many of its answers found nobody waiting: the deadline had passed, or the asker had given up or closed. Of an asker whose process
     * died it may not hear.
     */
    long dropped();

    /**
     * Takes no more questions. What it holds runs on and is answered; returns without waiting for that, so that it can be called
     * while an answer hangs, from an answer, and twice. Questions that wait for room go to another answerer of the item, and when
     * there is none fail with UNREACHABLE.
     */
    @Override
    void close();
}
