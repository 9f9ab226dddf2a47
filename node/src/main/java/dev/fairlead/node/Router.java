package dev.fairlead.node;

import dev.fairlead.api.FairleadException;
import dev.fairlead.node.limits.CallerRooms;
import dev.fairlead.node.limits.Crowding;
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
import org.jspecify.annotations.Nullable;

/** The one way into the node: limits, who calls, the route, and one form for all answers. */
final class Router extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());
    private static final int NOT_MODIFIED = 304;

    /** After which a body is not waited for: it came too slowly. */
    private static final int TOO_SLOW = 408;

    private final Routes routes;
    private final Entrance entrance;
    private final Outside outside;
    private final Semaphore room;
    private final Crowding crowding;
    private final Exchange.Bodies bodies;

    Router(Routes routes, Entrance entrance, Outside outside, NodeSettings settings, Crowding crowding) {
        this.routes = routes;
        this.entrance = entrance;
        this.outside = outside;
        this.room = new Semaphore(settings.limits().calls());
        this.crowding = crowding;
        this.bodies =
                new Exchange.Bodies(settings.limits().body(), settings.times().silence());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long began = System.nanoTime();
        Progress progress = new Progress();
        Reply reply = closing(request, progress.told(reply(request, progress)));
        entrance.meters().answered(progress.route(), reply.status(), System.nanoTime() - began);
        write(Packing.packed(reply, Exchange.list(request, "Accept-Encoding")), response, callback);
        return true;
    }

    /** Where the body does not come the connection ends, and the answer says so: a call that comes on it, not knowing that, would be lost. */
    private Reply closing(Request request, Reply reply) {
        boolean isHere = reply.status() != TOO_SLOW && new Rest(request, bodies.largest()).read();
        return isHere && request.consumeAvailable() ? reply : reply.with("Connection", "close");
    }

    /** What is known of a call so far. */
    private static final class Progress {
        private @Nullable Session session;
        private Routes.@Nullable Found found;
        private @Nullable Visit visit;

        Reply told(Reply reply) {
            return visit == null ? reply : visit.told(reply);
        }

        String route() {
            Routes.Found known = found;
            return known == null
                    ? "none"
                    : known.route().method() + " " + known.route().template();
        }
    }

    /** A browser takes a stream that is refused for one that has ended, and does not come again; and there is a limit of streams. */
    private static boolean isSpared(Request request) {
        String accept = Exchange.list(request, "Accept");
        return HealthRoutes.OPEN.contains(request.getHttpURI().getPath())
                || (accept != null && accept.contains(ChangeRoutes.EVENTS));
    }

    private Reply reply(Request request, Progress progress) {
        boolean isTooMuch = crowding.isTooMuch();
        if (isTooMuch && !isSpared(request)) {
            entrance.meters().shed();
            return Reply.of(new Problem(ProblemType.OVERLOADED, "more calls come than can be worked on in time"));
        }
        if (!room.tryAcquire()) {
            return Reply.of(new Problem(ProblemType.OVERLOADED, "too many calls are being worked on"));
        }
        try {
            Session session = entrance.callers().of(request);
            progress.session = session;
            Routes.Found found = found(session, request);
            progress.found = found;
            if (session.caller() instanceof Caller.Outsider client) {
                progress.visit = outside.visit(client, found).orElse(null);
            }
            if (progress.visit != null) {
                progress.visit.admit();
            }
            if (Acts.isAdministration(session, request)) {
                entrance.noteBefore(Acts.of("administration", request, session, found, ""));
            }
            return admitted(found.route(), new Exchange(request, session, found.parameters(), bodies));
        } catch (Problem problem) {
            if (Acts.isDenial(problem, progress.session)) {
                entrance.note(Acts.of(
                        "denied",
                        request,
                        progress.session,
                        progress.found,
                        problem.type().id()));
                entrance.meters().denied(problem.type().id());
            }
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

    /** Does the work, unless the caller has as much under way as it may. */
    private Reply admitted(Route route, Exchange exchange) {
        String caller = exchange.session().name();
        CallerRooms.Admission admission = entrance.rooms().enter(caller);
        switch (admission) {
            case FULL -> throw new Problem(ProblemType.TOO_MANY_CALLS, "you have as many calls under way as you may");
            case TOO_FAST -> throw new Problem(ProblemType.TOO_MANY_CALLS, "you call more often than you may");
            case ADMITTED -> {}
        }
        try {
            return route.work().reply(exchange);
        } finally {
            entrance.rooms().leave(caller);
        }
    }

    /** Whoever shows nothing is told the same of every route but the open ones, whether it is there or not. */
    private Routes.Found found(Session session, Request request) {
        boolean isNobody = session.caller() instanceof Caller.Nobody;
        try {
            Routes.Found found = routes.find(request.getMethod(), path(request));
            if (isNobody && !HealthRoutes.OPEN.contains(found.route().template())) {
                throw Policy.unauthenticated();
            }
            return found;
        } catch (Problem problem) {
            throw switch (session.caller()) {
                case Caller.Nobody nobody -> Policy.unauthenticated();
                case Caller.Outsider client -> Policy.nothing();
                case Caller.Operator operator -> problem;
                case Caller.Service service -> problem;
            };
        }
    }

    private static List<String> path(Request request) {
        return PathSegments.of(Objects.requireNonNullElse(request.getHttpURI().getPath(), ""));
    }

    private static Reply refused(Problem problem) {
        if (problem.type() == ProblemType.INTERNAL) {
            LOG.log(System.Logger.Level.ERROR, "a call failed", problem.getCause());
        }
        Reply reply = Reply.of(problem);
        return problem.type() == ProblemType.UNAUTHENTICATED ? reply.with("WWW-Authenticate", "Bearer") : reply;
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
