package dev.fairlead.planner;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Computes metrics on the graph whose nodes are services and whose edges go from reader to owner. */
final class Coupling {
    private final Map<String, Double> availability;
    private final Collection<Edge> edges;
    private final Map<String, Set<String>> owners;
    private final Map<String, Set<String>> askedOwners;

    /** Every service has an availability; an edge is there once for each reader, owner and mode. */
    Coupling(Map<String, Double> availability, Collection<Edge> edges) {
        this.availability = availability;
        this.edges = edges;
        this.owners = neighbours(edges.stream().toList());
        this.askedOwners = neighbours(
                edges.stream().filter(edge -> edge.mode() == Edge.Mode.SYNC).toList());
    }

    Metrics metrics(List<Assumption> assumptions) {
        Map<String, Metrics.OfService> services = new LinkedHashMap<>();
        availability.keySet().forEach(name -> services.put(name, service(name)));
        return new Metrics(services, landscape(), assumptions);
    }

    private Map<String, Set<String>> neighbours(List<Edge> chosen) {
        Map<String, Set<String>> neighbours = new LinkedHashMap<>();
        availability.keySet().forEach(name -> neighbours.put(name, new TreeSet<>()));
        chosen.forEach(
                edge -> neighbours.getOrDefault(edge.reader(), new TreeSet<>()).add(edge.owner()));
        return neighbours;
    }

    private Metrics.OfService service(String name) {
        int ads = next(owners, name).size();
        int ais = (int)
                owners.values().stream().filter(each -> each.contains(name)).count();
        double ceiling = availability.getOrDefault(name, 1.0);
        for (String asked : reachable(askedOwners, name)) {
            ceiling *= asked.equals(name) ? 1 : availability.getOrDefault(asked, 1.0);
        }
        List<String> stopped = availability.keySet().stream()
                .filter(other ->
                        !other.equals(name) && reachable(askedOwners, other).contains(name))
                .sorted()
                .toList();
        double instability = ads + ais == 0 ? 0 : (double) ads / (ads + ais);
        return new Metrics.OfService(ads, ais, ads * ais, instability, ceiling, stopped);
    }

    private Metrics.OfLandscape landscape() {
        int count = availability.size();
        int dependencies = owners.values().stream().mapToInt(Set::size).sum();
        int ccd = availability.keySet().stream()
                .mapToInt(name -> {
                    Set<String> reached = reachable(owners, name);
                    return reached.size() + (reached.contains(name) ? 0 : 1);
                })
                .sum();
        double balanced = (count + 1) * (Math.log(count + 1) / Math.log(2)) - count;
        return new Metrics.OfLandscape(
                mutualPairs(),
                ratio(dependencies, (double) count * count - count),
                ccd,
                ratio(ccd, count),
                ratio(ccd, balanced),
                ratio(ccd, (double) count * count),
                new SyncChain(askedOwners).longest(),
                ratio(edges.stream().filter(Coupling::isAsynchronous).count(), edges.size()),
                ratio(
                        edges.stream()
                                .filter(edge -> edge.mode() == Edge.Mode.STORE)
                                .count(),
                        edges.size()));
    }

    private int mutualPairs() {
        return (int) edges.stream()
                .filter(edge -> edge.reader().compareTo(edge.owner()) < 0)
                .map(edge -> List.of(edge.reader(), edge.owner()))
                .distinct()
                .filter(pair -> next(owners, pair.get(1)).contains(pair.get(0)))
                .count();
    }

    private static boolean isAsynchronous(Edge edge) {
        return edge.mode() == Edge.Mode.FEED || edge.mode() == Edge.Mode.EVENT;
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** Where one can get from a service; the service itself only if it lies on a cycle. */
    static Set<String> reachable(Map<String, Set<String>> graph, String from) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(next(graph, from));
        while (!open.isEmpty()) {
            String service = open.pop();
            if (reached.add(service)) {
                open.addAll(next(graph, service));
            }
        }
        return reached;
    }

    static Set<String> next(Map<String, Set<String>> graph, String from) {
        return graph.getOrDefault(from, Set.of());
    }
}
