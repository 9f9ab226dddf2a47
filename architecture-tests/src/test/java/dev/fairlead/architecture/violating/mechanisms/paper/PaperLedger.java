package dev.fairlead.architecture.violating.mechanisms.paper;

public final class PaperLedger {}
