package dev.fairlead.examples.trading;

/** Something that goes wrong, or looks as if it did, and what the copies must make of it. */
interface Story {
    /** What people are to look at. */
    String sentence();

    /** Lets it happen, watches, and judges what was seen. */
    TradingResult.Check play() throws InterruptedException;
}
