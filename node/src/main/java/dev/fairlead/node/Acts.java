package dev.fairlead.node;

import dev.fairlead.node.audit.Act;
import dev.fairlead.planner.Access;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What the audit log is told of a call: the route's template and the item, and never the key. */
final class Acts {
    private static final Set<ProblemType> DENIALS = EnumSet.of(
            ProblemType.UNAUTHENTICATED,
            ProblemType.UNKNOWN_SERVICE,
            ProblemType.NOT_DECLARED,
            ProblemType.NOT_OWNER,
            ProblemType.MISSING_CLAIM,
            ProblemType.NOT_OPERATOR,
            ProblemType.FOREIGN_ORIGIN,
            ProblemType.TOO_MANY_CALLS);

    private static final Set<String> READS = Set.of("GET", "HEAD");

    private Acts() {}

    /** Whether somebody was refused for who he is; who is outside is not told that from what is not there. */
    static boolean isDenial(Problem problem, @Nullable Session session) {
        boolean isOutside = session != null && session.caller() instanceof Caller.Outsider;
        return DENIALS.contains(problem.type()) || (isOutside && problem.type() == ProblemType.NOT_FOUND);
    }

    /** Whether the operator is about to change something. */
    static boolean isAdministration(Session session, Request request) {
        return session.proof() == Session.ProofState.PROVEN
                && session.name().equals(Access.OPERATOR)
                && !isRead(request);
    }

    /** Whether nothing is to be changed. */
    static boolean isRead(Request request) {
        return READS.contains(request.getMethod());
    }

    /** @param session null when it is not known who called; likewise the route */
    static Act of(String kind, Request request, @Nullable Session session, Routes.@Nullable Found found, String why) {
        return new Act(
                kind,
                session == null ? "(unknown)" : session.name(),
                Request.getRemoteAddr(request),
                found == null
                        ? "call"
                        : found.route().method() + " " + found.route().template(),
                found == null ? "" : item(found.parameters()),
                why);
    }

    private static String item(Map<String, String> parameters) {
        String owner = parameters.get("owner");
        String item = parameters.get("item");
        return owner == null || item == null || owner.length() + item.length() > 100 ? "" : owner + "." + item;
    }
}
