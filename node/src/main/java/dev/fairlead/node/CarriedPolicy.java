package dev.fairlead.node;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the plan lets a caller do with the node's logs and queues as a mechanism.
 *
 * <p>A log belongs to the item whose id it has or begins with. Whole records are read there, so that a reader must be cleared for all fields of
 * the item, and not only for those that it uses. A queue belongs to
 * what is told by its id: declared callers send, and the owner does all else.
 */
final class CarriedPolicy {
    /** {@code OWNER.ITEM}, and of the logs beside it that followers keep, {@code .erasures}, {@code .followers} or {@code .parked.SERVICE.GROUP}. */
    private static final Pattern LOG = Pattern.compile(
            "([a-z][a-z0-9-]{0,47})\\.([a-z][a-z0-9-]{0,47})(?:\\.(erasures|followers)|\\.parked\\.([^.]+)\\.[^.]+)?");

    private static final Pattern ITEM = Pattern.compile("[a-z][a-z0-9-]{0,47}\\.[a-z][a-z0-9-]{0,47}");

    private final Plan plan;
    private final Policy policy;

    CarriedPolicy(Plan plan) {
        this.plan = plan;
        this.policy = new Policy(plan);
    }

    private record Named(Share share, boolean isShared, Optional<String> follower) {}

    private Optional<Named> named(Caller caller, String log) {
        if (caller instanceof Caller.Nobody) {
            throw Policy.unauthenticated();
        }
        if (caller instanceof Caller.Outsider) {
            throw Policy.nothing();
        }
        if (caller instanceof Caller.Operator) {
            return Optional.empty();
        }
        Matcher matcher = LOG.matcher(log);
        if (!matcher.matches()) {
            throw new Problem(ProblemType.NOT_OPERATOR, "only the operator uses logs that belong to no item");
        }
        Share share = plan.item(ItemId.of(matcher.group(1) + "." + matcher.group(2)))
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_OPERATOR, "only the operator uses logs that belong to no item of the plan"));
        return Optional.of(new Named(share, matcher.group(3) != null, Optional.ofNullable(matcher.group(4))));
    }

    /** Fails with the problem that says why, unless the caller may append to the log. */
    void write(Caller caller, String log) {
        named(caller, log).ifPresent(named -> {
            if (named.isShared()) {
                mayRead(caller, named.share());
            } else if (named.follower().isPresent()) {
                own(caller, named);
            } else {
                policy.write(caller, named.share());
            }
        });
    }

    /** Fails with the problem that says why, unless the caller may read the log. */
    void read(Caller caller, String log) {
        named(caller, log).ifPresent(named -> {
            if (named.follower().isPresent()) {
                own(caller, named);
            } else {
                mayRead(caller, named.share());
            }
        });
    }

    /** Fails with the problem that says why, unless the caller may create the log, which whoever uses it does. */
    void define(Caller caller, String log) {
        read(caller, log);
    }

    /** Fails with the problem that says why, unless the caller may send to the queue, or create it, which whoever uses it does. */
    void send(Caller caller, String queue) {
        told(caller, queue).ifPresent(told -> policy.ask(caller, told.share(), told.content()));
    }

    /** Fails with the problem that says why, unless the caller may receive from the queue, and look after what is in it. */
    void receive(Caller caller, String queue) {
        told(caller, queue).ifPresent(told -> policy.write(caller, told.share()));
    }

    private Optional<Request> told(Caller caller, String queue) {
        return request(
                caller,
                queue,
                Content.Delivery.GUARANTEED,
                "only the operator uses queues of what is not told by the plan's items");
    }

    private record Request(Share share, Content.Request content) {}

    private Optional<Request> request(Caller caller, String item, Content.Delivery delivery, String otherwise) {
        if (caller instanceof Caller.Nobody) {
            throw Policy.unauthenticated();
        }
        if (caller instanceof Caller.Operator) {
            return Optional.empty();
        }
        if (ITEM.matcher(item).matches()) {
            Share share = plan.item(ItemId.of(item)).orElse(null);
            if (share != null && share.content() instanceof Content.Request request && request.delivery() == delivery) {
                return Optional.of(new Request(share, request));
            }
        }
        throw new Problem(ProblemType.NOT_OPERATOR, otherwise);
    }

    /** Fails with the problem that says why, unless the caller may ask the item; it gets whole answers. */
    void ask(Caller caller, String item) {
        asked(caller, item).ifPresent(asked -> {
            policy.ask(caller, asked.share(), asked.content());
            cleared(
                    caller,
                    asked.share(),
                    Optional.ofNullable(asked.content().answer()).stream().toList());
        });
    }

    /** Fails with the problem that says why, unless the caller may answer for the item. */
    void answer(Caller caller, String item) {
        asked(caller, item).ifPresent(asked -> policy.write(caller, asked.share()));
    }

    private Optional<Request> asked(Caller caller, String item) {
        return request(caller, item, Content.Delivery.ASKED, "only the operator asks what is no item to be asked");
    }

    /** Fails with the problem that says why, unless the caller may move and see positions of the group. */
    void follow(Caller caller, String log, String group) {
        read(caller, log);
        if (caller instanceof Caller.Service(ServicePlan service) && !group.startsWith(service.name() + ".")) {
            throw new Problem(
                    ProblemType.NOT_OPERATOR,
                    "the group is not of " + service.name() + ": only the operator uses others");
        }
    }

    /** What a group has parked is the group's own. */
    private static void own(Caller caller, Named named) {
        if (caller instanceof Caller.Service(ServicePlan service)
                && !named.follower().equals(Optional.of(service.name()))) {
            throw new Problem(
                    ProblemType.NOT_OPERATOR,
                    "what a group of another service has parked is for that service, and for the operator");
        }
    }

    private void mayRead(Caller caller, Share share) {
        if (!(caller instanceof Caller.Service(ServicePlan service))
                || share.id().owner().equals(service.name())) {
            return;
        }
        Policy.need(service, share, example(share));
        cleared(caller, share, fields(share.content()));
    }

    private static void cleared(Caller caller, Share share, Collection<Fields> whole) {
        if (!(caller instanceof Caller.Service(ServicePlan service))
                || share.id().owner().equals(service.name())) {
            return;
        }
        DataClass highest = whole.stream()
                .map(Fields::highestClass)
                .max(Comparator.naturalOrder())
                .orElse(DataClass.PUBLIC);
        if (!service.clearance().reaches(highest)) {
            throw new Problem(
                    ProblemType.NOT_DECLARED,
                    service.name() + " is not cleared for all fields of " + share.id()
                            + ", and gets them whole here (use /items, /changes, /events or /requests, or raise"
                            + " `clearance` in " + service.place().file() + " to " + highest.word() + ")");
        }
    }

    private static Collection<Fields> fields(Content content) {
        return switch (content) {
            case Content.State state -> List.of(state.fields());
            case Content.Events events -> events.events().values();
            case Content.Request request -> List.of(request.question());
        };
    }

    private static String example(Share share) {
        return switch (share.content()) {
            case Content.State state -> state.key();
            case Content.Events events -> events.events().keySet().iterator().next();
            case Content.Request request -> request.question().names().getFirst();
        };
    }
}
