package dev.fairlead.examples.demo;

/** How a run is shown. */
public enum Shown {
    /** A board that is drawn anew a few times a second, in colours. */
    BOARD,
    /** The board without colours. */
    COLOURLESS_BOARD,
    /** One line per event. */
    LINES
}
