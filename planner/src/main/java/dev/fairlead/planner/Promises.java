package dev.fairlead.planner;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What services promise of their availability, against what they can keep while they ask others. */
final class Promises {
    /** Below this a difference is one of rounding. */
    private static final double NEGLIGIBLE = 1e-12;

    private final List<ServicePlan> services;
    private final double[] promised;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<List<NeedCase>> cases = new ArrayList<>();

    private Promises(Plan plan, List<NeedCase> needs) {
        services = plan.services();
        promised = all(services);
        for (ServicePlan service : services) {
            numbers.put(service.name(), numbers.size());
            cases.add(new ArrayList<>());
        }
        needs.forEach(each -> cases.get(number(each.reader().name())).add(each));
    }

    /** Tells each case whose reader cannot keep its promise while it asks; owners are looked at before those who ask them. */
    static void check(Plan plan, List<NeedCase> needs) {
        new Promises(plan, needs).check();
    }

    private void check() {
        List<BitSet> asked = cases.stream().map(this::asked).toList();
        SyncGraph before = new SyncGraph(asked);
        BitSet[] reached = new BitSet[services.size()];
        for (int[] component : before.components()) {
            for (int service : component) {
                reached[service] = settled(service, asked.get(service), before, reached);
            }
        }
    }

    private BitSet settled(int service, BitSet asked, SyncGraph before, BitSet[] reached) {
        BitSet through = through(asked, before, reached);
        through.clear(service);
        double attainable = attainable(promised, through);
        if (!isBroken(services.get(service), attainable)) {
            return through;
        }
        cases.get(service).stream().filter(Promises::isMovable).forEach(each -> each.promiseIsBroken(attainable));
        BitSet left = through(asked(cases.get(service)), before, reached);
        left.clear(service);
        return left;
    }

    private static BitSet through(BitSet asked, SyncGraph before, BitSet[] reached) {
        BitSet all = (BitSet) asked.clone();
        asked.stream().forEach(each -> all.or(reached[each] == null ? before.reached(each) : reached[each]));
        return all;
    }

    /** Whether it is asked for the cost alone, so that a copy would do. */
    private static boolean isMovable(NeedCase need) {
        return need.verdict()
                        .filter(verdict -> verdict.scenario() == Scenario.REQUEST && verdict.ground() == Ground.COST)
                        .isPresent()
                && !need.fitting(Scenario.FEED).isEmpty();
    }

    private BitSet asked(List<NeedCase> needs) {
        BitSet asked = new BitSet(services.size());
        for (NeedCase need : needs) {
            need.verdict()
                    .filter(verdict -> Waiting.isFor(need.share(), verdict.scenario())
                            && !Waiting.hasFallback(need.need(), need.share()))
                    .ifPresent(verdict -> asked.set(number(need.share().id().owner())));
        }
        return asked;
    }

    private int number(String service) {
        return numbers.getOrDefault(service, -1);
    }

    /** What services promise, in their order, or what is assumed where they do not say. */
    static double[] all(List<ServicePlan> services) {
        return services.stream().mapToDouble(Promises::of).toArray();
    }

    /** The product of the availabilities of these services. */
    static double attainable(double[] promised, BitSet asked) {
        double product = 1;
        for (int each = asked.nextSetBit(0); each >= 0; each = asked.nextSetBit(each + 1)) {
            product *= promised[each];
        }
        return product;
    }

    static boolean isBroken(ServicePlan service, double attainable) {
        return service.availability() != null && service.availability().middle() > attainable + NEGLIGIBLE;
    }

    static double of(ServicePlan service) {
        Quantity declared = service.availability();
        return (declared == null ? Defaults.AVAILABILITY : declared).middle();
    }
}
