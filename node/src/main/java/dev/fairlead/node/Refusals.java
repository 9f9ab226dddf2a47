package dev.fairlead.node;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what never came to a route, such as a malformed request, and says nothing of how the node is built.
 *
 * <p>The server ends the connection of each such call, also of one that came whole, and so the answer says that it ends: a call that follows on
 * it would be lost.
 */
final class Refusals implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        ProblemType type = switch (status) {
            case 413 -> ProblemType.TOO_LARGE;
            case 503 -> ProblemType.CLOSING;
            default -> status < 500 ? ProblemType.BAD_REQUEST : ProblemType.INTERNAL;
        };
        Reply reply = Reply.of(new Problem(type, "the server refused the call with status " + status))
                .with("Connection", "close");
        Router.write(new Reply(status, reply.headers(), reply.body()), response, callback);
        return true;
    }
}
