package dev.fairlead.architecture.violating.stray;

public final class Homeless {}
