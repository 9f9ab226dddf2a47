package dev.fairlead.examples.trading;

/** Where people see what happens. Safe for many threads. */
interface Display extends AutoCloseable {
    /** Something happened. */
    void event(String sentence);

    /** A story begins. */
    void story(String sentence);

    /** A story was judged. */
    void verdict(TradingResult.Check check);

    /** The state of everything, a few times a second. */
    void look(Scene scene);

    /** The run is over. */
    void summary(TradingResult result);

    /** Ends the display and leaves the terminal as it was. */
    @Override
    void close();
}
