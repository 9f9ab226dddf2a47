package dev.fairlead.examples.demo;

import java.io.IOException;

/** A server that carries the items of a run and that is the run's own, so that a story may kill it. */
public interface CarryingServer {
    /** What it is, with an article: {@code the node}. */
    String title();

    /** Ends it at once, as a crash does. */
    void kill();

    /** Starts it again on its data; it serves when this returns. */
    void restart() throws IOException;
}
