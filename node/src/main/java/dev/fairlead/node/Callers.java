package dev.fairlead.node;

import dev.fairlead.planner.Plan;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

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

    /**
     * Whom the caller takes this node for: HTTP/1.1 says it in the header Host, HTTP/2 as the authority of what is asked for; null when it is not
     * said. Fails with BAD_REQUEST when both are there and differ, so that nobody who looks at one of them is led astray by the other.
     */
    static @Nullable String host(Request request) {
        String header = Exchange.header(request, "Host");
        String authority = request.getHttpURI().getAuthority();
        boolean isSecond = Protocols.isSecond(request);
        if (isSecond && header != null && authority != null && !header.equalsIgnoreCase(authority)) {
            throw new Problem(ProblemType.BAD_REQUEST, "the header Host and the authority differ");
        }
        return isSecond && header == null ? authority : header;
    }

    /** The operator, or the service or outside client that it calls as; fails with UNKNOWN_SERVICE, with BAD_REQUEST when it names both. */
    static Caller named(Request request, Plan plan) {
        String service = Exchange.header(request, Caller.HEADER);
        String client = Exchange.header(request, NamedClient.HEADER);
        if (service != null && client != null) {
            throw new Problem(
                    ProblemType.BAD_REQUEST, "say " + Caller.HEADER + " or " + NamedClient.HEADER + ", not both");
        }
        if (client != null) {
            return NamedClient.of(client, Outside.clients(plan));
        }
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
