package dev.fairlead.node;

import dev.fairlead.node.identity.Authenticator;
import dev.fairlead.node.identity.Identity;
import dev.fairlead.node.identity.TooManyFailures;
import dev.fairlead.node.identity.Unproven;
import dev.fairlead.planner.Access;
import dev.fairlead.planner.Plan;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** Tells who calls a node by what they prove. What a caller says of itself counts only for the operator, who may call as any service. */
final class ProvenCallers implements Callers {
    private final Plan plan;
    private final Authenticator authenticator;

    ProvenCallers(Plan plan, Authenticator authenticator) {
        this.plan = plan;
        this.authenticator = authenticator;
    }

    @Override
    public Session of(Request request) {
        String scheme = authenticator.tls() == null ? "http://" : "https://";
        Callers.refuseForeignOrigin(request, scheme + Callers.host(request));
        String authorization = Exchange.header(request, "Authorization");
        try {
            return authenticator
                    .identify(Request.getRemoteAddr(request), authorization, certificates(request))
                    .map(identity -> proven(identity, request))
                    .orElseGet(() -> Session.believed(new Caller.Nobody()));
        } catch (Unproven unproven) {
            throw new Problem(ProblemType.UNAUTHENTICATED, String.valueOf(unproven.getMessage()));
        } catch (TooManyFailures many) {
            throw new Problem(ProblemType.TOO_MANY_CALLS, String.valueOf(many.getMessage()));
        }
    }

    private static List<X509Certificate> certificates(Request request) {
        EndPoint.SslSessionData session =
                request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        X509Certificate[] shown = session == null ? null : session.peerCertificates();
        return shown == null ? List.of() : List.of(shown);
    }

    private Session proven(Identity identity, Request request) {
        Caller caller = switch (identity.party()) {
            case Identity.Party.Client(String clients, String id, Map<String, String> claims) ->
                new Caller.Outsider(clients, id, claims);
            case Identity.Party.Insider(String name) when name.equals(Access.OPERATOR) -> Callers.named(request, plan);
            case Identity.Party.Insider(String name) ->
                new Caller.Service(Objects.requireNonNull(plan.service(name).orElse(null), "a caller is a service"));
        };
        String name = identity.party() instanceof Identity.Party.Insider(String inside) ? inside : caller.name();
        return new Session(
                caller, name, Session.ProofState.PROVEN, identity.until(), () -> authenticator.holds(identity));
    }
}
