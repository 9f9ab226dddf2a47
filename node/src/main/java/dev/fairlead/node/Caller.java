package dev.fairlead.node;

import dev.fairlead.planner.ServicePlan;

/** Who calls the node. */
sealed interface Caller {
    /** The header that tells. */
    String HEADER = "Fairlead-Service";

    /** Whoever runs the node; may do everything. */
    record Operator() implements Caller {}

    /** A service of the plan; may do what the plan says. */
    record Service(ServicePlan plan) implements Caller {}
}
