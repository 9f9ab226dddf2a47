package dev.fairlead.node;

import dev.fairlead.contracts.Fields;
import dev.fairlead.node.outside.ValueFilter;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Located;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.WhenStale;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the plan lets a caller do: only the owner writes, only declared readers read, and only the fields that they declare. */
final class Policy {
    private final Plan plan;
    /** Made at the first call, of which there are many; as many as the plan has needs. */
    private final Map<Reader, Grant> declared = new ConcurrentHashMap<>();

    private record Reader(String service, ItemId item) {}

    Policy(Plan plan) {
        this.plan = plan;
    }

    /** Where it stands. */
    Plan plan() {
        return plan;
    }

    /** Fails with NOT_OWNER unless the caller may write the item. */
    void write(Caller caller, Share share) {
        if (caller instanceof Caller.Nobody) {
            throw unauthenticated();
        }
        if (caller instanceof Caller.Outsider) {
            throw nothing();
        }
        if (caller instanceof Caller.Service(ServicePlan service) && !isOwner(service, share)) {
            throw new Problem(
                    ProblemType.NOT_OWNER,
                    service.name() + " does not own " + share.id() + ": only "
                            + share.id().owner()
                            + " writes it (call as its owner, or have an item of your own under shares: in "
                            + service.place().file() + ")");
        }
    }

    /** What the caller may see of a state item; fails with NOT_DECLARED when that is nothing. */
    Grant readState(Caller caller, Share share, Content.State content) {
        return switch (caller) {
            case Caller.Nobody nobody -> throw unauthenticated();
            case Caller.Outsider client -> throw nothing();
            case Caller.Operator operator -> Grant.everything();
            case Caller.Service(ServicePlan service) when isOwner(service, share) -> Grant.everything();
            case Caller.Service(ServicePlan service) ->
                declared.computeIfAbsent(
                        new Reader(service.name(), share.id()), any -> declared(service, share, content));
        };
    }

    private Grant declared(ServicePlan service, Share share, Content.State content) {
        Need need = need(service, share, content.key());
        Set<String> used = new LinkedHashSet<>(plan.usedFields(need).names());
        return new Grant(
                used.containsAll(content.fields().names()) ? Optional.empty() : Optional.of(used),
                Optional.ofNullable(need.within()),
                Optional.ofNullable(need.whenStale()).orElse(WhenStale.SERVE),
                Optional.empty());
    }

    /** Fails with NOT_DECLARED unless the caller, who may see the state item, may look its values up by this field. */
    void lookUp(Caller caller, Share share, String field) {
        if (!(caller instanceof Caller.Service(ServicePlan service)) || isOwner(service, share)) {
            return;
        }
        Need need = need(service, share, field);
        Set<String> declared =
                need.load().by().stream().map(Located::text).collect(Collectors.toCollection(LinkedHashSet::new));
        if (declared.add(field)) {
            throw new Problem(
                    ProblemType.NOT_DECLARED,
                    service.name() + " does not say that it looks values of " + share.id() + " up by " + field
                            + " (say in " + service.place().file() + " under needs: " + share.id()
                            + ": the line `by: [ "
                            + String.join(", ", declared) + " ]`)");
        }
    }

    /** The events that the caller may see, each with its fields; fails with NOT_DECLARED when there is none. */
    Map<String, Fields> readEvents(Caller caller, Share share, Content.Events content) {
        return switch (caller) {
            case Caller.Nobody nobody -> throw unauthenticated();
            case Caller.Outsider client -> throw nothing();
            case Caller.Operator operator -> content.events();
            case Caller.Service(ServicePlan service) when isOwner(service, share) -> content.events();
            case Caller.Service(ServicePlan service) ->
                content.used(need(
                        service, share, content.events().keySet().iterator().next()));
        };
    }

    /** The fields of the answer that the caller gets, nothing when it gets all; fails with NOT_DECLARED unless it may ask or tell. */
    Optional<Set<String>> ask(Caller caller, Share share, Content.Request content) {
        return switch (caller) {
            case Caller.Nobody nobody -> throw unauthenticated();
            case Caller.Outsider client -> throw nothing();
            case Caller.Operator operator -> Optional.empty();
            case Caller.Service(ServicePlan service) when isOwner(service, share) -> Optional.empty();
            case Caller.Service(ServicePlan service) -> {
                Fields answer = Optional.ofNullable(content.answer()).orElse(Fields.NONE);
                Need need =
                        need(service, share, answer.names().stream().findFirst().orElse(""));
                Set<String> used = new LinkedHashSet<>(plan.usedFields(need).names());
                yield used.containsAll(answer.names()) ? Optional.empty() : Optional.of(used);
            }
        };
    }

    /** Fails with NOT_OPERATOR unless the caller runs the node. */
    static void operate(Caller caller) {
        if (!(caller instanceof Caller.Operator)) {
            throw new Problem(
                    ProblemType.NOT_OPERATOR, "this is for whoever runs the node, and for no service of the plan");
        }
    }

    /**
     * What an outside client sees of an item; fails with NOT_FOUND when nothing of it is exposed to it, with MISSING_CLAIM when it lacks what would
     * tell which values are its own.
     *
     * @param filter of the view that it has; null when there is none
     */
    static Outlook outside(Caller.Outsider client, @Nullable ValueFilter filter) {
        if (filter == null) {
            throw nothing();
        }
        filter.missing(client.claims()).ifPresent(claim -> {
            throw new Problem(
                    ProblemType.MISSING_CLAIM,
                    "what proves who you are does not say `" + claim + "`, which tells what is yours here");
        });
        return new Outlook(client.clients(), filter.partOf(client.claims()));
    }

    /** For who is outside: the same for what is not there and for what is not his. */
    static Problem nothing() {
        return new Problem(ProblemType.NOT_FOUND, "there is nothing here (GET / lists what there is)");
    }

    /** The same for everybody and everything, so that it tells nothing of what there is. */
    static Problem unauthenticated() {
        return new Problem(
                ProblemType.UNAUTHENTICATED, "show a certificate, or send Authorization: Bearer with a token or a key");
    }

    private static boolean isOwner(ServicePlan service, Share share) {
        return share.id().owner().equals(service.name());
    }

    /** What the service says of its use of the item; fails with NOT_DECLARED, and the line to add, when it says nothing. */
    static Need need(ServicePlan service, Share share, String example) {
        return service.need(share.id())
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_DECLARED,
                        service.name() + " declares no need of " + share.id() + " (add to "
                                + service.place().file() + " under needs: the line `" + share.id() + ": { uses: [ "
                                + example + " ], why: ... }`)"));
    }
}
