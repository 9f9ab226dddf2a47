package dev.fairlead.node;

import dev.fairlead.api.Health;
import dev.fairlead.node.limits.CallerRooms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Streams of a state item's changes: as pages that wait for the next change, and as server-sent events. */
final class ChangeRoutes {
    static final String ALL = "/changes/{owner}/{item}";
    static final String EVENTS = "text/event-stream";
    private static final String FROM = "from";
    private static final String WAIT = "wait";
    private static final String CONFLATE = "conflate";
    private static final int AT_ONCE = 100;
    private static final int USUAL = 300;

    private final StateRoutes states;
    private final Seals seals;
    private final Semaphore room;
    private final CallerRooms rooms;
    private final Duration heartbeat;

    ChangeRoutes(StateRoutes states, Seals seals, int streams, CallerRooms rooms, Duration heartbeat) {
        this.states = states;
        this.seals = seals;
        this.room = new Semaphore(streams);
        this.rooms = rooms;
        this.heartbeat = heartbeat;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", ALL, "the changes behind a place, as a page or as server-sent events", this::get));
    }

    private Reply get(Exchange exchange) {
        ServedState state = states.state(exchange);
        Grant seen = states.grant(exchange, state).regardlessOfAge();
        StateReader reader = states.reader(state, seen);
        Map<String, String> query = exchange.query(FROM, WAIT, CONFLATE, PageQuery.LIMIT);
        boolean isStream = exchange.prefers(EVENTS);
        String resumed = isStream ? exchange.header("Last-Event-ID") : null;
        String from = resumed == null ? query.get(FROM) : resumed;
        Conflation conflation = Conflation.of(query.get(CONFLATE), states.conflate(exchange, state));
        ChangeFeed feed = new ChangeFeed(state, reader, seen, cursor(state, seen), from);
        Reply reply = isStream ? stream(exchange, state, feed, conflation) : page(exchange, query, feed);
        return reply.with("Vary", Caller.HEADER + ", Accept").with("Cache-Control", "no-store");
    }

    private ChangeCursor cursor(ServedState state, Grant grant) {
        Seal seal = grant.outlook()
                .<Seal>map(outlook -> seals.ofChanges(state.share().id(), outlook))
                .orElseGet(Seal.Open::new);
        return new ChangeCursor(state.share().id(), seal);
    }

    private static Reply page(Exchange exchange, Map<String, String> query, ChangeFeed feed) {
        boolean wantsLines = PageQuery.wantsLines(exchange);
        List<ChangeFeed.Entry> changes =
                next(exchange.session(), feed, PageQuery.limit(query), PageQuery.patience(query.get(WAIT)));
        Reply reply = wantsLines
                ? Reply.of(200, Json.LINES, Json.lines(changes))
                : Reply.of(200, Json.TYPE, Json.of(json -> {
                    json.writeStartObject().writeName("changes").writeStartArray();
                    changes.forEach(change -> change.accept(json));
                    json.writeEndArray()
                            .writeStringProperty("next", feed.cursor())
                            .writeEndObject();
                }));
        return reply.with("Fairlead-Next", feed.cursor());
    }

    /** What has changed, for as long as the caller may know it. */
    private static List<ChangeFeed.Entry> next(Session session, ChangeFeed feed, int limit, Duration patience) {
        List<ChangeFeed.Entry> changes = feed.next(limit, session.within(patience), session.holds());
        session.check();
        return changes;
    }

    private Reply stream(Exchange exchange, ServedState state, ChangeFeed feed, Conflation conflation) {
        if (exchange.isHead()) {
            return Reply.of(200).with("Content-Type", EVENTS);
        }
        if (!room.tryAcquire()) {
            throw new Problem(ProblemType.OVERLOADED, "too many streams are open");
        }
        Session session = exchange.session();
        if (rooms.beginStream(session.name()) != CallerRooms.Admission.ADMITTED) {
            room.release();
            throw new Problem(ProblemType.TOO_MANY_CALLS, "you have as many streams open as you may");
        }
        // A browser tries again when a connection is refused or a stream ends, but not after a status other than 200.
        // So it must not come back on its connection to a node that is stopping, where new calls get 503.
        return Reply.stream(EVENTS, out -> {
                    try {
                        send(session, state, feed, conflation, out);
                    } finally {
                        rooms.endStream(session.name());
                        room.release();
                    }
                })
                .with("Connection", "close");
    }

    /** A slow reader keeps nobody waiting: what it misses is only ever the last but one change of a key. */
    private void send(Session session, ServedState state, ChangeFeed feed, Conflation conflation, OutputStream out)
            throws IOException {
        write(out, "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII));
        try {
            while (!state.changes().isClosed()) {
                List<ChangeFeed.Entry> changes = next(session, feed, AT_ONCE, heartbeat);
                write(out, changes.isEmpty() ? health(state) : events(changes, feed));
                conflation.await(
                        () -> session.holds().getAsBoolean() && !state.changes().isClosed());
            }
        } catch (Problem problem) {
            write(out, ServerSentEvent.of(problem.type().id(), Reply.of(problem).bytes()));
        }
    }

    private static byte[] events(List<ChangeFeed.Entry> changes, ChangeFeed feed) {
        ByteArrayOutputStream events = new ByteArrayOutputStream(USUAL * changes.size());
        for (ChangeFeed.Entry change : changes) {
            events.writeBytes(ServerSentEvent.id(feed.cursor(change, changes)));
            events.writeBytes(change.event());
        }
        return events.toByteArray();
    }

    private static byte[] health(ServedState state) {
        Health health = state.copy().health();
        return ServerSentEvent.of(
                "health",
                Json.of(json -> json.writeStartObject()
                        .writeStringProperty("health", health.state().name())
                        .writeStringProperty("age", health.age().toString())
                        .writeEndObject()));
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }
}
