package dev.fairlead.examples.demo;

import java.io.PrintWriter;
import java.time.Duration;

/** Where people see what happens. Safe for many threads. */
public interface Display extends AutoCloseable {
    /** The widest line of a board: it fits the smallest terminal in use. */
    int WIDTH = 79;

    /**
     * Begins to show a run.
     *
     * @param calm what is said while no story is played
     */
    static Display of(Shown shown, PrintWriter out, String calm) {
        long begin = System.nanoTime();
        return switch (shown) {
            case LINES -> new EventLines(out, () -> Duration.ofNanos(System.nanoTime() - begin));
            case BOARD -> new Board(out, Paint.COLOURS, calm);
            case COLOURLESS_BOARD -> new Board(out, Paint.NONE, calm);
        };
    }

    /** Something happened. */
    void event(String sentence);

    /** A story begins. */
    void story(String sentence);

    /** A story was judged. */
    void verdict(DemoResult.Check check);

    /** The state of everything, a few times a second. */
    void look(Scene scene);

    /** The run is over. */
    void summary(DemoResult result);

    /** Ends the display and leaves the terminal as it was. */
    @Override
    void close();
}
