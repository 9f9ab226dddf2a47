package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Assumption;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes metrics on the graph whose nodes are services and whose edges go from reader to owner. */
final class Coupling {
    private final Map<String, Double> availability;
    private final Links links;
    private final Reach reach;
    private final Reach asking;

    /** Every service has an availability. */
    Coupling(Map<String, Double> availability, Collection<Edge> edges) {
        this.availability = availability;
        links = new Links(availability.keySet(), edges);
        reach = new Reach(links, links.all());
        asking = new Reach(links, links.of(Edge.Mode.SYNC));
    }

    Links links() {
        return links;
    }

    Reach reach() {
        return reach;
    }

    Reach asking() {
        return asking;
    }

    Metrics metrics(Stores stores, Exposure exposure, List<Assumption> assumptions) {
        List<List<String>> stopped = asking.to();
        double[] available = new double[availability.size()];
        availability.forEach((name, each) -> available[links.number(name)] = each);
        int[] readers = links.readers();
        Map<String, Metrics.OfService> services = new LinkedHashMap<>();
        for (String name : availability.keySet()) {
            int number = links.number(name);
            services.put(name, service(name, readers[number], available, stopped.get(number)));
        }
        return new Metrics(services, landscape(stores, exposure), assumptions);
    }

    private Metrics.OfService service(String name, int ais, double[] available, List<String> stopped) {
        int ads = links.all().get(links.number(name)).cardinality();
        double ceiling = available[links.number(name)];
        BitSet asked = asking.from(name);
        for (int each = asked.nextSetBit(0); each >= 0; each = asked.nextSetBit(each + 1)) {
            ceiling *= available[each];
        }
        double instability = ads + ais == 0 ? 0 : (double) ads / (ads + ais);
        int count = availability.size();
        return new Metrics.OfService(
                ads,
                ais,
                ads * ais,
                ratio(ads, count),
                ratio(ais, count),
                owners(name, Edge.Mode.SYNC) + owners(name, Edge.Mode.STORE),
                owners(name, Edge.Mode.FEED) + owners(name, Edge.Mode.EVENT),
                instability,
                ceiling,
                stopped);
    }

    private int owners(String reader, Edge.Mode mode) {
        return links.of(mode).get(links.number(reader)).cardinality();
    }

    private Metrics.OfLandscape landscape(Stores stores, Exposure exposure) {
        int count = availability.size();
        int edges = links.count();
        int ccd = availability.keySet().stream().mapToInt(reach::countFrom).sum();
        double balanced = (count + 1) * (Math.log(count + 1) / Math.log(2)) - count;
        return new Metrics.OfLandscape(
                links.mutualPairs(),
                ratio(Links.count(links.all()), (double) count * count - count),
                ccd,
                ratio(ccd, count),
                ratio(ccd, balanced),
                ratio(ccd, (double) count * count),
                asking.longest(),
                ratio(links.count(Edge.Mode.FEED) + links.count(Edge.Mode.EVENT), edges),
                ratio(links.count(Edge.Mode.STORE), edges),
                stores.own(),
                stores.crowding(count),
                ratio(ccd - count - Links.count(links.all()), count),
                exposure.used(availability.keySet()),
                exposure.fields());
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
