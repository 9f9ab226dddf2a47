package dev.fairlead.architecture.violating.planner;

import dev.fairlead.architecture.violating.engine.Careless;

/** The engine may use the planner, but not the other way round. */
public record Upward(Careless engine) {}
