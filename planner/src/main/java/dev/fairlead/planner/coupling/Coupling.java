package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Assumption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Computes metrics on the graph whose nodes are services and whose edges go from reader to owner. */
final class Coupling {
    private final Map<String, Double> availability;
    private final Set<Edge> edges;
    private final Map<String, Set<String>> owners = new LinkedHashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();
    private final Reach reach;
    private final Reach asking;

    /** Every service has an availability. */
    Coupling(Map<String, Double> availability, Collection<Edge> edges) {
        this.availability = availability;
        this.edges = new HashSet<>(edges);
        availability.keySet().forEach(name -> owners.put(name, new TreeSet<>()));
        for (Edge edge : this.edges) {
            Set<String> all = owners.get(edge.reader());
            if (all != null && all.add(edge.owner())) {
                readers.merge(edge.owner(), 1, Integer::sum);
            }
        }
        reach = new Reach(availability.keySet(), edges);
        asking = new Reach(
                availability.keySet(),
                edges.stream().filter(edge -> edge.mode() == Edge.Mode.SYNC).toList());
    }

    Reach reach() {
        return reach;
    }

    Reach asking() {
        return asking;
    }

    Metrics metrics(List<Assumption> assumptions) {
        Map<String, List<String>> stopped = new HashMap<>();
        for (String name : availability.keySet().stream().sorted().toList()) {
            for (String asked : asking.from(name)) {
                stopped.computeIfAbsent(asked, key -> new ArrayList<>()).add(name);
            }
        }
        Map<String, Metrics.OfService> services = new LinkedHashMap<>();
        for (String name : availability.keySet()) {
            services.put(name, service(name, stopped.getOrDefault(name, List.of())));
        }
        return new Metrics(services, landscape(), assumptions);
    }

    private Metrics.OfService service(String name, List<String> stopped) {
        int ads = owners.getOrDefault(name, Set.of()).size();
        int ais = readers.getOrDefault(name, 0);
        double ceiling = availability.getOrDefault(name, 1.0);
        for (String asked : asking.from(name)) {
            ceiling *= availability.getOrDefault(asked, 1.0);
        }
        double instability = ads + ais == 0 ? 0 : (double) ads / (ads + ais);
        return new Metrics.OfService(ads, ais, ads * ais, instability, ceiling, stopped);
    }

    private Metrics.OfLandscape landscape() {
        int count = availability.size();
        int dependencies = owners.values().stream().mapToInt(Set::size).sum();
        int ccd = availability.keySet().stream().mapToInt(reach::countFrom).sum();
        double balanced = (count + 1) * (Math.log(count + 1) / Math.log(2)) - count;
        return new Metrics.OfLandscape(
                mutualPairs(),
                ratio(dependencies, (double) count * count - count),
                ccd,
                ratio(ccd, count),
                ratio(ccd, balanced),
                ratio(ccd, (double) count * count),
                asking.longest(),
                ratio(count(Edge.Mode.FEED) + count(Edge.Mode.EVENT), edges.size()),
                ratio(count(Edge.Mode.STORE), edges.size()));
    }

    private int mutualPairs() {
        int pairs = 0;
        for (Map.Entry<String, Set<String>> reader : owners.entrySet()) {
            for (String owner : reader.getValue()) {
                boolean isFirst = reader.getKey().compareTo(owner) < 0;
                pairs += isFirst && owners.getOrDefault(owner, Set.of()).contains(reader.getKey()) ? 1 : 0;
            }
        }
        return pairs;
    }

    private long count(Edge.Mode mode) {
        return edges.stream().filter(edge -> edge.mode() == mode).count();
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
