package dev.fairlead.planner.coupling;

import dev.fairlead.planner.SyncGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where one can get to in a graph of services.
 *
 * <p>Services that can reach each other make one component, and each component comes after all that it can reach. So one pass in
 * this order gives the longest paths.
 */
final class Reach {
    private final Links links;
    private final List<String> names;
    private final List<BitSet> next;
    private final SyncGraph graph;
    private final int[] component;
    private final int[] longest;
    private final int[] longestNext;

    /** @param next for each service those that one can get to at once */
    Reach(Links links, List<BitSet> next) {
        this.links = links;
        this.names = links.names();
        this.next = next;
        graph = new SyncGraph(next);
        component = new int[names.size()];
        List<int[]> components = graph.components();
        longest = new int[components.size()];
        longestNext = new int[longest.length];
        for (int number = 0; number < longest.length; number++) {
            follow(number, components.get(number));
        }
    }

    /** The other services that one can get to from a service, by their places among all. */
    BitSet from(String name) {
        return graph.reached(number(name));
    }

    /** The other services from which one can get to each, by name; none for a service that none gets to. */
    List<List<String>> to() {
        SyncGraph back = new SyncGraph(Links.reversed(next));
        List<List<String>> to = new ArrayList<>(names.size());
        for (int number = 0; number < names.size(); number++) {
            to.add(new Named(names, back.reached(number)));
        }
        return to;
    }

    /** How many services one can get to from a service, itself included. */
    int countFrom(String name) {
        return graph.reached(number(name)).cardinality() + 1;
    }

    /** The groups of two or more services in which each can reach each, by name. */
    List<List<String>> cycles() {
        return graph.components().stream()
                .filter(each -> each.length > 1)
                .map(each -> Arrays.stream(each).mapToObj(names::get).sorted().toList())
                .sorted((one, other) -> one.getFirst().compareTo(other.getFirst()))
                .toList();
    }

    boolean isOneCycle(String one, String other) {
        return component[number(one)] == component[number(other)];
    }

    /** The longest path of all, in edges; services that can reach each other count once each. */
    int longest() {
        int all = 0;
        for (int length : longest) {
            all = Math.max(all, length);
        }
        return all;
    }

    /** The longest path from a service, in edges. */
    int longestFrom(String name) {
        return longest[component[number(name)]];
    }

    /** The services of a longest path, from this one on; of services that can reach each other, only the first is named. */
    List<String> pathFrom(String name) {
        List<String> path = new ArrayList<>(List.of(name));
        int at = longestNext[component[number(name)]];
        while (at >= 0) {
            path.add(names.get(at));
            at = longestNext[component[at]];
        }
        return path;
    }

    private int number(String name) {
        return links.number(name);
    }

    private void follow(int number, int[] members) {
        for (int member : members) {
            component[member] = number;
        }
        longest[number] = members.length - 1;
        longestNext[number] = -1;
        for (int member : members) {
            next.get(member).stream()
                    .filter(owner -> component[owner] != number)
                    .forEach(owner -> lengthen(number, members.length + longest[component[owner]], owner));
        }
    }

    private void lengthen(int number, int length, int owner) {
        boolean isAsLong =
                length == longest[number] && longestNext[number] >= 0 && isBefore(owner, longestNext[number]);
        if (length > longest[number] || isAsLong) {
            longest[number] = length;
            longestNext[number] = owner;
        }
    }

    private boolean isBefore(int one, int other) {
        return names.get(one).compareTo(names.get(other)) < 0;
    }
}
