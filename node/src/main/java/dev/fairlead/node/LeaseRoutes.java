package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.contracts.Fields;
import dev.fairlead.engine.LeasedTell;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.engine.documents.RequestDocument;
import dev.fairlead.node.leases.Desk;
import dev.fairlead.node.leases.Leases;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.ValueCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Work that services take from the node, each piece for a limited time: questions and what is told for the owner, events for a group of a reader. */
final class LeaseRoutes {
    static final String ITEM = "/leases/{owner}/{item}";
    static final String LEASE = ITEM + "/{lease}";

    private static final String POST = "POST";
    private static final String GROUP = "group";
    private static final String WAIT = "wait";
    private static final String LENGTH = "lease";
    private static final String DELAY = "delay";
    private static final int USUAL = 10;
    private static final int MOST = 100;
    private static final int USUAL_SECONDS = 30;
    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_DELAY = 86_400;
    private static final int MOST_LEASES = 10_000;

    private final ServedItems items;
    private final FollowedGroups groups;
    private final Policy policy;
    private final Function<Set<String>, Projection> projections;
    private final ValueCodec<Map<String, @Nullable Object>> documents;
    private final Leases<Taken> leases;

    LeaseRoutes(ServedItems items, FollowedGroups groups, Policy policy, CodecProvider codecs, TimeSource time) {
        this.items = items;
        this.groups = groups;
        this.policy = policy;
        this.projections = codecs::projection;
        this.documents = codecs.fields();
        this.leases = new Leases<>(time);
    }

    List<Route> routes() {
        return List.of(
                new Route(POST, ITEM, "takes questions, what was told, or events of a group", this::take),
                new Route(POST, LEASE + "/acknowledge", "is done with it; a question is answered", this::acknowledge),
                new Route(POST, LEASE + "/give-back", "lets it come again", this::giveBack),
                new Route(POST, LEASE + "/set-aside", "fails it for good, or refuses a question", this::setAside));
    }

    /** What the caller asks for. */
    private record Wanted(String holder, int most, Duration patience, Duration length) {}

    /** Something taken, and how it is written after the name of its lease. */
    private record Entry(Taken taken, Duration length, Consumer<JsonGenerator> content) {}

    private Reply take(Exchange exchange) {
        String owner = exchange.parameter("owner");
        String name = exchange.parameter("item");
        Map<String, String> query = exchange.query(GROUP, PageQuery.LIMIT, WAIT, LENGTH);
        Wanted wanted = new Wanted(
                CallerName.of(exchange.caller()),
                PageQuery.number(query, PageQuery.LIMIT, USUAL, MOST),
                PageQuery.patience(query.get(WAIT)),
                Duration.ofSeconds(PageQuery.number(query, LENGTH, USUAL_SECONDS, MOST_SECONDS)));
        if (leases.count() + wanted.most() > MOST_LEASES) {
            throw new Problem(ProblemType.OVERLOADED, "too much is taken and not settled");
        }
        String group = query.get(GROUP);
        if (items.isEvents(owner, name)) {
            if (group == null) {
                throw new Problem(ProblemType.BAD_REQUEST, "say in the query for which group: group=NAME");
            }
            return events(exchange, items.events(owner, name), group, wanted);
        }
        ServedRequests item = items.requests(owner, name);
        policy.write(exchange.caller(), item.share());
        if (group != null) {
            throw new Problem(ProblemType.BAD_REQUEST, "only events have groups: leave group out");
        }
        return item.isTold() ? told(item, wanted) : questions(item, wanted);
    }

    private Reply questions(ServedRequests item, Wanted wanted) {
        List<Entry> entries = new ArrayList<>();
        try (var polling = item.answering()) {
            for (Desk.Work<ServedRequests.Asked, RequestDocument> work : taken(item.desk(), wanted)) {
                ServedRequests.Asked asked = work.content();
                Taken taken = new Taken.Question(item, work, item.answering());
                entries.add(new Entry(taken, asked.about().left(), json -> {
                    json.writeStringProperty("key", asked.key().toString())
                            .writeNumberProperty("attempt", asked.about().attempt())
                            .writeStringProperty("left", asked.about().left().toString());
                    Json.document(json, "question", asked.question());
                }));
            }
        }
        return reply(item.id().toString(), wanted, entries);
    }

    private Reply told(ServedRequests item, Wanted wanted) {
        List<Entry> entries = new ArrayList<>();
        for (LeasedTell tell : item.requests().lease(item.id(), wanted.most(), wanted.length(), wanted.patience())) {
            entries.add(new Entry(new Taken.Told(tell), wanted.length(), json -> {
                json.writeStringProperty("key", tell.key().toString()).writeNumberProperty("attempt", tell.attempt());
                Json.document(json, "question", tell.question());
            }));
        }
        return reply(item.id().toString(), wanted, entries);
    }

    private Reply events(Exchange exchange, ServedEvents item, String group, Wanted wanted) {
        Map<String, Fields> granted = policy.readEvents(exchange.caller(), item.share(), item.content());
        String service =
                CallerName.actingFor(exchange.caller(), item.share().id().owner());
        FollowedGroups.Group followed = groups.of(service, item.share(), group, granted.keySet());
        List<Entry> entries = new ArrayList<>();
        try (var following = followed.following().use()) {
            if (following.used().status().state() == FollowStatus.State.REPLACED) {
                throw new Problem(ProblemType.FENCED, "another process follows as the group " + group);
            }
            for (Desk.Work<EventRecord<String, EventDocument>, Boolean> work : taken(followed.desk(), wanted)) {
                Taken taken = new Taken.Event(work, followed.following().use());
                ShownEvent shown = ShownEvent.of(work.content(), item.content(), granted, projections);
                entries.add(new Entry(taken, wanted.length(), shown::properties));
            }
        }
        return reply(item.share().id().toString(), wanted, entries);
    }

    private static <W, A> List<Desk.Work<W, A>> taken(Desk<W, A> desk, Wanted wanted) {
        try {
            List<Desk.Work<W, A>> taken = desk.take(wanted.most(), wanted.patience());
            if (taken.isEmpty() && desk.isClosed()) {
                throw new Problem(ProblemType.CLOSING, "the node is stopping");
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemType.CLOSING, "the node is stopping", e);
        }
    }

    private Reply reply(String item, Wanted wanted, List<Entry> entries) {
        byte[] body = Json.of(json -> {
            json.writeStartObject().writeName("leases").writeStartArray();
            for (Entry entry : entries) {
                String name = leases.begin(wanted.holder(), item, entry.taken(), entry.length(), entry.taken()::over);
                json.writeStartObject().writeStringProperty("lease", name);
                entry.content().accept(json);
                json.writeEndObject();
            }
            json.writeEndArray().writeEndObject();
        });
        return Reply.of(200, Json.TYPE, body).with("Cache-Control", "no-store");
    }

    private Reply acknowledge(Exchange exchange) {
        exchange.query();
        return settle(exchange, taken -> taken.acknowledge(exchange));
    }

    private Reply giveBack(Exchange exchange) {
        Map<String, String> query = exchange.query(DELAY);
        Optional<Duration> delay = query.containsKey(DELAY)
                ? Optional.of(Duration.ofSeconds(PageQuery.number(query, DELAY, 0, MOST_DELAY)))
                : Optional.empty();
        return settle(exchange, taken -> taken.giveBack(delay));
    }

    private Reply setAside(Exchange exchange) {
        exchange.query();
        Map<String, @Nullable Object> reason = documents.decode(exchange.json());
        if (!(reason.get("message") instanceof String message) || message.isBlank()) {
            throw new Problem(ProblemType.BAD_REQUEST, "say why: {\"message\":\"...\"}");
        }
        Optional<String> code = Optional.ofNullable(reason.get("code")).map(Object::toString);
        return settle(exchange, taken -> taken.setAside(new Taken.Reason(code, message)));
    }

    /** Of several that settle at once the mechanism, or the one who waits, takes the first. */
    private Reply settle(Exchange exchange, Consumer<Taken> settling) {
        String holder = CallerName.of(exchange.caller());
        String item = exchange.parameter("owner") + "." + exchange.parameter("item");
        String name = exchange.parameter("lease");
        Taken taken = leases.find(holder, item, name).orElseThrow(Taken::late);
        try {
            settling.accept(taken);
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.FENCED) {
                leases.end(holder, item, name);
                throw Taken.late();
            }
            throw failure;
        } catch (Problem problem) {
            if (problem.type() == ProblemType.LEASE_OVER) {
                leases.end(holder, item, name);
            }
            throw problem;
        }
        leases.end(holder, item, name);
        return Reply.of(204);
    }
}
