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
final class BelievedCallers implements Callers {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Plan plan;

    BelievedCallers(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Session of(Request request) {
        String host = Callers.host(request);
        if (host == null || !LOOPBACK.contains(nameOf(host))) {
            throw new Problem(
                    ProblemType.FOREIGN_ORIGIN, "the header Host does not name this machine as localhost or 127.0.0.1");
        }
        Callers.refuseForeignOrigin(request, "http://" + host);
        return Session.believed(Callers.named(request, plan));
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
