package dev.fairlead.node;

import dev.fairlead.planner.Access;
import dev.fairlead.planner.ServicePlan;
import java.util.Map;

/** Who calls the node. */
sealed interface Caller {
    /** The header that tells. */
    String HEADER = "Fairlead-Service";

    /** Under which its calls are counted, and what it did is noted. */
    String name();

    /** Whoever runs the node; may do everything. */
    record Operator() implements Caller {
        @Override
        public String name() {
            return Access.OPERATOR;
        }
    }

    /** A service of the plan; may do what the plan says. */
    record Service(ServicePlan plan) implements Caller {
        @Override
        public String name() {
            return plan.name();
        }
    }

    /**
     * Somebody outside, who is no service of the plan; gets what the plan exposes.
     *
     * @param clients the name that views have for clients of its sort
     * @param id what tells it apart from others of them
     * @param claims what is vouched for it
     */
    record Outsider(String clients, String id, Map<String, String> claims) implements Caller {
        public Outsider {
            claims = Map.copyOf(claims);
        }

        @Override
        public String name() {
            return clients + ":" + id;
        }
    }

    /** Somebody who shows nothing where proof is asked for; may only learn whether the node runs. */
    record Nobody() implements Caller {
        @Override
        public String name() {
            return "(nobody)";
        }
    }
}
