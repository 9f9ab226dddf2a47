package dev.fairlead.planner;

import dev.fairlead.planner.formulas.Formulas;
import dev.fairlead.planner.formulas.StateNumbers;
import dev.fairlead.spi.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Works out the best that a decided plan can give, and says where that is less than the plan asks for. */
final class CeilingRules {
    private static final int NAMED = 5;

    private final Plan plan;
    private final Findings findings;
    private final List<ServicePlan> services;
    private final double[] promised;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<BitSet> asked = new ArrayList<>();
    private final List<Map<Integer, Double>> fallbacks = new ArrayList<>();
    private final double[] calls;
    private final List<Ceilings.OfNeed> needs = new ArrayList<>();
    private final Traffic traffic;

    CeilingRules(Plan plan, List<Decider.Decided> decided, Findings findings) {
        this.plan = plan;
        this.findings = findings;
        this.services = plan.services();
        this.promised = Promises.all(services);
        this.calls = new double[services.size()];
        this.traffic = new Traffic(plan.landscape());
        for (ServicePlan service : services) {
            numbers.put(service.name(), numbers.size());
            asked.add(new BitSet(services.size()));
            fallbacks.add(new LinkedHashMap<>());
        }
        for (Decider.Decided each : decided) {
            if (each.decision() != null) {
                add(each.need(), each.decision());
            }
        }
    }

    private void add(NeedCase need, Decision decision) {
        if (Waiting.isFor(need.share(), decision.scenario())) {
            int reader = numbers.getOrDefault(decision.reader(), -1);
            int owner = numbers.getOrDefault(decision.item().owner(), -1);
            calls[reader] += need.inputs().perRequest();
            if (Waiting.hasFallback(need.need(), need.share())) {
                fallbacks.get(reader).merge(owner, need.inputs().numbers().hitShare(), Math::min);
            } else {
                asked.get(reader).set(owner);
            }
        }
        traffic.add(need, decision);
        needs.add(need(need, decision));
        checkErasable(need, decision);
    }

    private Ceilings.OfNeed need(NeedCase need, Decision decision) {
        StateNumbers state = need.inputs().numbers();
        boolean isState = need.share().kind() == ItemKind.STATE;
        boolean waits = Waiting.isFor(need.share(), decision.scenario());
        double travel = travel(decision.mechanism());
        double held = !isState ? 0 : decision.scenario() == Scenario.FEED ? state.conflation() : state.within();
        double age = held + travel;
        checkAge(decision, age, isState);
        return new Ceilings.OfNeed(
                decision.item(),
                decision.reader(),
                age,
                isState ? Formulas.meanAge(state.changes() / state.keys(), age) : age,
                isState ? Formulas.freshShare(state.changes() / state.keys(), age) : 1,
                waits ? Formulas.slowShare(Defaults.SLOW, need.inputs().perRequest()) : 0,
                isState && decision.scenario() == Scenario.FEED ? copy(state, decision.mechanism()) : null);
    }

    private Ceilings.OfCopy copy(StateNumbers state, String mechanism) {
        return new Ceilings.OfCopy(
                state.copyBytes(),
                state.loadingSeconds(),
                Formulas.logBytes(
                        state.keys(),
                        state.size() + state.weights().recordOverhead(),
                        traffic.replicas(mechanism),
                        Defaults.DIRTY_RATIO));
    }

    /** Seconds in which nearly all changes or answers arrive. */
    private double travel(String mechanism) {
        Duration declared = plan.landscape().calls().latencyP99();
        if (mechanism.equals(Landscape.EMBEDDED)) {
            return Defaults.EMBEDDED_SECONDS;
        }
        return declared == null ? Defaults.CALL_SECONDS : Inputs.seconds(declared);
    }

    private void checkAge(Decision decision, double age, boolean isState) {
        Duration within = decision.need().within();
        boolean isFeed = isState && decision.scenario() == Scenario.FEED;
        if (isFeed && within != null && !within.isZero() && age > Inputs.seconds(within)) {
            findings.warning(
                    Rule.FRESHNESS_UNMET,
                    decision.need().place(),
                    "`" + decision.reader() + "` wants `" + decision.item() + "` at most " + Words.of(within)
                            + " old, but what it is told is up to " + Figures.number(age)
                            + " s old even while all goes well (conflate less, or allow a greater age)");
        }
    }

    private void checkErasable(NeedCase need, Decision decision) {
        boolean isHeld =
                decision.scenario() == Scenario.FEED && !need.aboutPersons().isEmpty();
        if (isHeld
                && !MechanismAbility.stated(decision.mechanism()).capabilities().contains(Capability.ERASE)) {
            findings.warning(
                    Rule.NOT_ERASABLE,
                    decision.need().place(),
                    "`" + decision.item() + "` holds data about persons, and " + decision.mechanism()
                            + " cannot erase a key (offer a mechanism that can, or leave the fields out of `uses`)");
        }
    }

    Ceilings ceilings() {
        SyncGraph graph = new SyncGraph(asked);
        Map<String, Ceilings.OfService> found = new LinkedHashMap<>();
        for (ServicePlan service : services) {
            found.put(service.name(), service(service, graph));
        }
        return new Ceilings(found, needs, traffic.mechanisms());
    }

    private Ceilings.OfService service(ServicePlan service, SyncGraph graph) {
        int number = numbers.getOrDefault(service.name(), -1);
        BitSet reached = graph.reached(number);
        double attainable = Promises.attainable(promised, reached);
        double availability = Promises.of(service) * attainable;
        for (Map.Entry<Integer, Double> each : fallbacks.get(number).entrySet()) {
            BitSet branch = new BitSet();
            branch.set(each.getKey());
            branch = graph.reachedThrough(branch);
            branch.andNot(reached);
            branch.clear(number);
            availability *= Formulas.behindFallback(Promises.attainable(promised, branch), each.getValue());
        }
        checkPromise(service, attainable, reached);
        Quantity declared = service.availability();
        return new Ceilings.OfService(
                availability,
                declared == null ? null : declared.middle(),
                attainable,
                reached.cardinality(),
                Formulas.slowShare(Defaults.SLOW, calls[number]));
    }

    private void checkPromise(ServicePlan service, double attainable, BitSet reached) {
        if (!Promises.isBroken(service, attainable)) {
            return;
        }
        boolean isAssumed =
                reached.stream().anyMatch(owner -> services.get(owner).availability() == null);
        int count = reached.cardinality();
        String message = "`" + service.name() + "` promises " + Words.percent(Promises.of(service)) + ", but "
                + named(reached, count) + (count == 1 ? ", which it asks, reaches " : ", which it asks, reach ")
                + Words.percent(attainable) + (isAssumed ? " as far as is known" : "")
                + " (promise less, or ask fewer: a copy, or when-stale: serve, does not wait)";
        if (isAssumed) {
            findings.warning(Rule.AVAILABILITY_BELOW_TARGET, service.place(), message);
        } else {
            findings.error(Rule.AVAILABILITY_BELOW_TARGET, service.place(), message);
        }
    }

    private String named(BitSet owners, int count) {
        String first = owners.stream()
                .limit(NAMED)
                .mapToObj(services::get)
                .map(owner -> owner.name() + " (" + Words.percent(Promises.of(owner)) + ")")
                .collect(Collectors.joining(", "));
        return count > NAMED ? first + " and " + (count - NAMED) + " more" : first;
    }
}
