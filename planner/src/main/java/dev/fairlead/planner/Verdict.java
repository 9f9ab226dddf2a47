package dev.fairlead.planner;

/** How an item reaches a reader, and what decided that. */
record Verdict(Scenario scenario, Ground ground) {}
