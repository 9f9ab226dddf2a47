package dev.fairlead.node;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.DocumentServices;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.node.leases.Desk;
import dev.fairlead.node.leases.OpenWhileUsed;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The groups whose events are taken from the node, each followed while somebody does, and a little longer. */
final class FollowedGroups implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,47}");
    private static final int MOST = 64;

    private final DocumentServices services;
    private final TimeSource time;
    private final Map<Name, Group> groups = new HashMap<>();

    FollowedGroups(DocumentServices services, TimeSource time) {
        this.services = services;
        this.time = time;
    }

    private record Name(String service, String item, String group) {}

    /** A group of a service, with the events that it has in hand and that nobody has taken. */
    record Group(
            Desk<EventRecord<String, EventDocument>, Boolean> desk,
            OpenWhileUsed<Following<String, EventDocument>> following) {}

    /**
     * The group of the service; fails with BAD_REQUEST for what is no name of a group, with OVERLOADED when the service has too many.
     *
     * @param types the events that the service gets; others are passed over
     */
    synchronized Group of(String service, Share share, String group, Set<String> types) {
        if (!NAME.matcher(group).matches()) {
            throw new Problem(ProblemType.BAD_REQUEST, "a group is called [a-z][a-z0-9-]*, of at most 48 characters");
        }
        Name name = new Name(service, share.id().toString(), group);
        Group known = groups.get(name);
        if (known == null) {
            long others = groups.keySet().stream()
                    .filter(each ->
                            each.service().equals(service) && each.item().equals(name.item()))
                    .count();
            if (others >= MOST) {
                throw new Problem(
                        ProblemType.OVERLOADED,
                        service + " follows " + name.item() + " as " + MOST + " groups already");
            }
            known = opened(name, share, types);
            groups.put(name, known);
        }
        return known;
    }

    private Group opened(Name name, Share share, Set<String> types) {
        Desk<EventRecord<String, EventDocument>, Boolean> desk = new Desk<>();
        Handler<String, EventDocument> handler = Handler.effect(happened -> {
            if (types.contains(happened.event().type())) {
                desk.await(happened, FailurePolicy.LONGEST);
            }
        });
        FailurePolicy policy = policy(services.plan(), name.service(), share);
        OpenWhileUsed<Following<String, EventDocument>> following = new OpenWhileUsed<>(
                () -> {
                    Events<String, EventDocument> events = services.events(name.service(), share.id());
                    return events.follow(name.group(), handler, policy);
                },
                IDLE,
                time);
        return new Group(desk, following);
    }

    /** As the plan says, but an event may wait for long until somebody takes it: then the lease is its time limit. */
    private static FailurePolicy policy(Plan plan, String service, Share share) {
        FailurePolicy said = service.equals(share.id().owner())
                ? share.terms().whenFailing()
                : plan.service(service)
                        .flatMap(reader -> reader.need(share.id()))
                        .map(need -> need.trouble().whenFailing())
                        .orElse(null);
        FailurePolicy policy = Optional.ofNullable(said).orElseGet(FailurePolicy::usual);
        return new FailurePolicy(policy.attempts(), policy.firstDelay(), policy.longestDelay(), FailurePolicy.LONGEST);
    }

    @Override
    public synchronized void close() {
        groups.values().forEach(group -> {
            group.desk().close();
            group.following().close();
        });
    }
}
