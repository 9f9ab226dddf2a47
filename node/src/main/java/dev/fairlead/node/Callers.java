package dev.fairlead.node;

import dev.fairlead.planner.Plan;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * Tells who calls a node that has no security, and hears programs of this machine only.
 *
 * <p>It believes what they say of themselves. A web page is no such program, although the browser that shows it is: so the host must be
 * named as loopback, which no foreign name is that leads here, and a page's origin must be the node's own.
 */
final class Callers {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Plan plan;

    Callers(Plan plan) {
        this.plan = plan;
    }

    /** Who sent this; fails with FOREIGN_ORIGIN or UNKNOWN_SERVICE. */
    Caller of(Request request) {
        String host = Exchange.header(request, "Host");
        if (host == null || !LOOPBACK.contains(nameOf(host))) {
            throw new Problem(
                    ProblemType.FOREIGN_ORIGIN, "the header Host does not name this machine as localhost or 127.0.0.1");
        }
        String origin = Exchange.header(request, "Origin");
        if (origin != null && !origin.equals("http://" + host)) {
            throw new Problem(ProblemType.FOREIGN_ORIGIN, "the header Origin is not that of this node");
        }
        String service = Exchange.header(request, Caller.HEADER);
        return service == null ? new Caller.Operator() : service(service);
    }

    private Caller service(String name) {
        return plan.service(name)
                .map(Caller.Service::new)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNKNOWN_SERVICE,
                        "the header " + Caller.HEADER + " names no service of the plan (leave it out to call as the"
                                + " node's operator)"));
    }

    /** The name in it, or nothing that any host is called. */
    private static String nameOf(String host) {
        try {
            return Objects.requireNonNullElse(new URI("http://" + host).getHost(), "")
                    .toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
