package dev.fairlead.node;

import dev.fairlead.planner.Plan;
import org.eclipse.jetty.server.Request;

/** Tells who calls. Safe for many threads. */
sealed interface Callers permits BelievedCallers, ProvenCallers {
    /** Who sent this; fails with the {@link Problem} that refuses him. */
    Session of(Request request);

    /** A page that a browser shows is no caller, although the browser may hold what proves one. */
    static void refuseForeignOrigin(Request request, String own) {
        String origin = Exchange.header(request, "Origin");
        if (origin != null && !origin.equals(own)) {
            throw new Problem(ProblemType.FOREIGN_ORIGIN, "the header Origin is not that of this node");
        }
    }

    /** The operator, or the service that it calls as; fails with UNKNOWN_SERVICE. */
    static Caller named(Request request, Plan plan) {
        String service = Exchange.header(request, Caller.HEADER);
        return service == null
                ? new Caller.Operator()
                : plan.service(service)
                        .<Caller>map(Caller.Service::new)
                        .orElseThrow(() -> new Problem(
                                ProblemType.UNKNOWN_SERVICE,
                                "the header " + Caller.HEADER + " names no service of the plan (leave it out to call"
                                        + " as the node's operator)"));
    }
}
