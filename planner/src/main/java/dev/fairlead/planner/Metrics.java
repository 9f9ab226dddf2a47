package dev.fairlead.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How strongly the services of a plan depend on each other.
 *
 * @param services by name
 * @param assumptions what was reckoned with because the plan does not say it
 */
public record Metrics(Map<String, OfService> services, OfLandscape landscape, List<Assumption> assumptions) {

    /**
     * One service.
     *
     * @param ads how many services it reads from
     * @param ais how many services read from it
     * @param acs {@code ads} times {@code ais}
     * @param instability {@code ads / (ads + ais)}; 0 for a service that stands alone
     * @param availabilityCeiling the best availability it can have, given those it asks synchronously
     * @param outageRadius the services that cannot work while it is down
     */
    public record OfService(
            int ads, int ais, int acs, double instability, double availabilityCeiling, List<String> outageRadius) {}

    /**
     * The whole landscape.
     *
     * @param siy pairs of services that depend on each other both ways
     * @param scf the share of possible dependencies that exist
     * @param ccd over all services, how many each can reach, itself included
     * @param acd {@code ccd} per service
     * @param nccd {@code ccd} relative to a balanced tree of as many services
     * @param propagationCost the share of all pairs in which one reaches the other
     * @param longestSyncChain calls behind each other in the longest chain; services in a cycle count once each
     * @param acu the share of dependencies that are asynchronous
     * @param sdb the share of dependencies through a shared store
     */
    public record OfLandscape(
            int siy,
            double scf,
            int ccd,
            double acd,
            double nccd,
            double propagationCost,
            int longestSyncChain,
            double acu,
            double sdb) {}

    /** The metrics of a decided plan. */
    public static Metrics of(Plan plan, Decisions decisions) {
        Map<String, Double> availability = new LinkedHashMap<>();
        List<Assumption> assumptions = new ArrayList<>();
        for (ServicePlan service : plan.services()) {
            Quantity declared = service.availability();
            availability.put(service.name(), (declared == null ? Defaults.AVAILABILITY : declared).middle());
            if (declared == null) {
                assumptions.add(
                        new Assumption(service.name() + ".availability", Defaults.AVAILABILITY.text(), "default"));
            }
        }
        Set<Edge> edges = new LinkedHashSet<>();
        for (Decision decision : decisions.list()) {
            edges.add(new Edge(decision.reader(), decision.item().owner(), mode(plan, decision)));
        }
        return new Coupling(availability, edges).metrics(assumptions);
    }

    private static Edge.Mode mode(Plan plan, Decision decision) {
        return switch (decision.scenario()) {
            case FEED -> Edge.Mode.FEED;
            case EVENTS -> Edge.Mode.EVENT;
            case REQUEST -> isTold(plan, decision.item()) ? Edge.Mode.EVENT : Edge.Mode.SYNC;
        };
    }

    private static boolean isTold(Plan plan, ItemId item) {
        return plan.item(item)
                .map(share -> share.content() instanceof Content.Request request
                        && request.delivery() == Content.Delivery.GUARANTEED)
                .orElse(false);
    }
}
