package dev.fairlead.planner;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The longest chain of calls that can stand behind each other.
 *
 * <p>Services that can reach each other are taken together as one link that costs a call for each service but one; what remains
 * has no cycles, and its longest path is found by relaxing every link as often as there are services.
 */
final class SyncChain {
    private final Map<String, Set<String>> graph;
    private final Map<String, Set<String>> reachable = new LinkedHashMap<>();

    SyncChain(Map<String, Set<String>> graph) {
        this.graph = graph;
        graph.keySet().forEach(name -> reachable.put(name, Coupling.reachable(graph, name)));
    }

    int longest() {
        Map<String, Integer> longest = new HashMap<>();
        graph.keySet().forEach(name -> longest.put(name, callsInside(name)));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (String reader : graph.keySet()) {
                for (String owner : Coupling.next(graph, reader)) {
                    changed |= lengthen(longest, reader, owner);
                }
            }
        }
        return longest.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private boolean lengthen(Map<String, Integer> longest, String reader, String owner) {
        int behind = longest.getOrDefault(owner, 0);
        int length = isOneCycle(reader, owner) ? behind : behind + 1 + callsInside(reader);
        if (length <= longest.getOrDefault(reader, 0)) {
            return false;
        }
        longest.put(reader, length);
        return true;
    }

    private int callsInside(String service) {
        int members = (int) graph.keySet().stream()
                .filter(other -> isOneCycle(service, other))
                .count();
        return Math.max(0, members - 1);
    }

    private boolean isOneCycle(String one, String other) {
        return Coupling.next(reachable, one).contains(other)
                && Coupling.next(reachable, other).contains(one);
    }
}
