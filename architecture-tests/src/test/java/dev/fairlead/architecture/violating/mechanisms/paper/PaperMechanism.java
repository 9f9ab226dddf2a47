package dev.fairlead.architecture.violating.mechanisms.paper;

import dev.fairlead.architecture.violating.engine.Careless;
import dev.fairlead.architecture.violating.mechanisms.stone.StoneMechanism;

public record PaperMechanism(Careless engine, StoneMechanism other) {}
