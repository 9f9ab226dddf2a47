package dev.fairlead.architecture.violating.mechanisms.stone;

public final class StoneMechanism {}
