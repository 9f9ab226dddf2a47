package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Assumption;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Plan;
import java.util.List;
import java.util.Map;

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
     * @param rcs {@code ads} over the number of services
     * @param ris {@code ais} over the number of services
     * @param nssd in how many ways it waits for an owner: for its answers, or for its database
     * @param nasd in how many ways it depends on an owner without waiting: by copies, and by events
     * @param instability {@code ads / (ads + ais)}; 0 for a service that stands alone
     * @param availabilityCeiling the best availability it can have, given those it asks synchronously
     * @param outageRadius the services that cannot work while it is down
     */
    public record OfService(
            int ads,
            int ais,
            int acs,
            double rcs,
            double ris,
            int nssd,
            int nasd,
            double instability,
            double availabilityCeiling,
            List<String> outageRadius) {}

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
     * @param dtu the share of services at databases that are at their own
     * @param iddsd the share of services that is at a database, on average
     * @param iddt how many services each reaches through others only, relative to their number
     * @param mci the share of possible readers of items that read them
     * @param fieldExposure over all items, fields times readers
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
            double sdb,
            double dtu,
            double iddsd,
            double iddt,
            double mci,
            int fieldExposure) {}

    /** The metrics of a decided plan. */
    public static Metrics of(Plan plan, Decisions decisions) {
        return new Structure(plan, decisions).metrics();
    }
}
