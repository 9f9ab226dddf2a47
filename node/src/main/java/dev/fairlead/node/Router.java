package dev.fairlead.node;

import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The one way into the node: limits, who calls, the route, and one form for all answers. */
final class Router extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());
    private static final int NOT_MODIFIED = 304;

    private final Routes routes;
    private final Callers callers;
    private final Semaphore room;
    private final int largestBody;

    Router(Routes routes, Callers callers, NodeLimits limits) {
        this.routes = routes;
        this.callers = callers;
        this.room = new Semaphore(limits.calls());
        this.largestBody = limits.body();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        write(Packing.packed(reply(request), Exchange.list(request, "Accept-Encoding")), response, callback);
        return true;
    }

    private Reply reply(Request request) {
        if (!room.tryAcquire()) {
            return Reply.of(new Problem(ProblemType.OVERLOADED, "too many calls are being worked on"));
        }
        try {
            Caller caller = callers.of(request);
            Routes.Found found = routes.find(request.getMethod(), path(request));
            return found.route().work().reply(new Exchange(request, caller, found.parameters(), largestBody));
        } catch (Problem problem) {
            return problem.type() == ProblemType.METHOD_NOT_ALLOWED
                    ? refused(problem).with("Allow", String.join(", ", routes.allowed(path(request))))
                    : refused(problem);
        } catch (FairleadException failure) {
            return refused(Problem.of(failure));
        } catch (UncheckedIOException gone) {
            return Reply.of(new Problem(ProblemType.BAD_REQUEST, "the body did not come whole", gone));
        } catch (RuntimeException fault) {
            return refused(new Problem(ProblemType.INTERNAL, "see the log of the node", fault));
        } finally {
            room.release();
        }
    }

    private static List<String> path(Request request) {
        return PathSegments.of(Objects.requireNonNullElse(request.getHttpURI().getPath(), ""));
    }

    private static Reply refused(Problem problem) {
        if (problem.type() == ProblemType.INTERNAL) {
            LOG.log(System.Logger.Level.ERROR, "a call failed", problem.getCause());
        }
        return Reply.of(problem);
    }

    static void write(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        switch (reply.body()) {
            // What is not the last writing makes no Content-Length, which would be that of what is not sent.
            case Reply.Body.Bytes(byte[] bytes)
            when reply.status() == NOT_MODIFIED -> response.write(false, ByteBuffer.wrap(bytes), callback);
            case Reply.Body.Bytes(byte[] bytes) -> response.write(true, ByteBuffer.wrap(bytes), callback);
            case Reply.Body.Stream(Reply.Source source) -> stream(source, response, callback);
        }
    }

    private static void stream(Reply.Source source, Response response, Callback callback) {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            source.write(out);
        } catch (IOException | RuntimeException gone) {
            callback.failed(gone);
            return;
        }
        callback.succeeded();
    }
}
