package dev.fairlead.examples.demo;

/** Something that goes wrong, or looks as if it did, and what the copies must make of it. */
public interface Story {
    /** What people are to look at. */
    String sentence();

    /** Lets it happen, watches, and judges what was seen. */
    DemoResult.Check play() throws InterruptedException;
}
