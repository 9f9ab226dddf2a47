package dev.fairlead.planner;

/** A text from a plan file and where it stands. */
public record Located(String text, Place place) {}
