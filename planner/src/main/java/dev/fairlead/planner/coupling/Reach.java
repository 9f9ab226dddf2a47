package dev.fairlead.planner.coupling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one can get to in a graph of services.
 *
 * <p>Services that can reach each other make one component; components are found by Tarjan's algorithm, which numbers each after
 * all that it can reach. So one pass in the order of the numbers gives what each component reaches and its longest path. Time and
 * memory grow with services and edges, and with the square of the services divided by the 64 bits of a word.
 */
final class Reach {
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<List<Integer>> next = new ArrayList<>();
    private final int[] component;
    private final List<List<Integer>> members = new ArrayList<>();
    private final List<BitSet> reached = new ArrayList<>();
    private final int[] longest;
    private final int[] longestNext;

    /** Edges to or from a service that has no name here are left out. */
    Reach(Collection<String> names, Collection<Edge> edges) {
        this.names = List.copyOf(names);
        for (String name : this.names) {
            numbers.put(name, numbers.size());
            next.add(new ArrayList<>());
        }
        for (Edge edge : edges) {
            Integer reader = numbers.get(edge.reader());
            Integer owner = numbers.get(edge.owner());
            if (reader != null && owner != null && !next.get(reader).contains(owner)) {
                next.get(reader).add(owner);
            }
        }
        component = new int[this.names.size()];
        findComponents();
        longest = new int[members.size()];
        longestNext = new int[members.size()];
        for (int number = 0; number < members.size(); number++) {
            follow(number);
        }
    }

    /** The services that one can get to from a service; the service itself only if it lies on a cycle. */
    List<String> from(String name) {
        return reached.get(component[number(name)]).stream()
                .mapToObj(names::get)
                .sorted()
                .toList();
    }

    int countFrom(String name) {
        return reached.get(component[number(name)]).cardinality();
    }

    boolean reaches(String from, String to) {
        return reached.get(component[number(from)]).get(number(to));
    }

    /** The groups of two or more services in which each can reach each, by name. */
    List<List<String>> cycles() {
        return members.stream()
                .filter(each -> each.size() > 1)
                .map(each -> each.stream().map(names::get).sorted().toList())
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
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("there is no service " + name);
        }
        return number;
    }

    private void follow(int number) {
        List<Integer> inside = members.get(number);
        BitSet all = new BitSet(names.size());
        int best = inside.size() - 1;
        int bestNext = -1;
        for (int member : inside) {
            if (inside.size() > 1) {
                all.set(member);
            }
            for (int owner : next.get(member)) {
                int other = component[owner];
                if (other == number) {
                    continue;
                }
                all.set(owner);
                all.or(reached.get(other));
                int length = inside.size() + longest[other];
                if (length > best || (length == best && bestNext >= 0 && isBefore(owner, bestNext))) {
                    best = length;
                    bestNext = owner;
                }
            }
        }
        reached.add(all);
        longest[number] = best;
        longestNext[number] = bestNext;
    }

    private boolean isBefore(int one, int other) {
        return names.get(one).compareTo(names.get(other)) < 0;
    }

    /** Tarjan's algorithm with a stack of its own, since a chain of services may be deeper than the thread's. */
    private void findComponents() {
        int[] order = new int[names.size()];
        int[] lowest = new int[names.size()];
        int[] upTo = new int[names.size()];
        boolean[] isOpen = new boolean[names.size()];
        Deque<Integer> open = new ArrayDeque<>();
        Deque<Integer> path = new ArrayDeque<>();
        int seen = 0;
        for (int start = 0; start < names.size(); start++) {
            if (order[start] > 0) {
                continue;
            }
            path.push(start);
            while (!path.isEmpty()) {
                int at = path.element();
                if (order[at] == 0) {
                    order[at] = ++seen;
                    lowest[at] = seen;
                    isOpen[at] = true;
                    open.push(at);
                }
                if (upTo[at] < next.get(at).size()) {
                    int owner = next.get(at).get(upTo[at]++);
                    if (order[owner] == 0) {
                        path.push(owner);
                    } else if (isOpen[owner]) {
                        lowest[at] = Math.min(lowest[at], order[owner]);
                    }
                    continue;
                }
                path.pop();
                Integer before = path.peek();
                if (before != null) {
                    lowest[before] = Math.min(lowest[before], lowest[at]);
                }
                if (lowest[at] == order[at]) {
                    close(at, open, isOpen);
                }
            }
        }
    }

    private void close(int last, Deque<Integer> open, boolean[] isOpen) {
        List<Integer> inside = new ArrayList<>();
        int member;
        do {
            member = open.pop();
            isOpen[member] = false;
            component[member] = members.size();
            inside.add(member);
        } while (member != last);
        Collections.sort(inside);
        members.add(inside);
    }
}
