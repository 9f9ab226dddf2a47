package dev.fairlead.planner.coupling;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The edges of a graph of services as bits: the same edge twice is one; edges to or from a service without a name here are left out. */
final class Links {
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Edge.Mode, List<BitSet>> byMode = new EnumMap<>(Edge.Mode.class);
    private final List<BitSet> all;

    Links(Collection<String> names, Collection<Edge> edges) {
        this.names = names.stream().sorted().toList();
        this.names.forEach(name -> numbers.put(name, numbers.size()));
        all = empty();
        for (Edge.Mode mode : Edge.Mode.values()) {
            byMode.put(mode, empty());
        }
        for (Edge edge : edges) {
            Integer reader = numbers.get(edge.reader());
            Integer owner = numbers.get(edge.owner());
            if (reader != null && owner != null) {
                all.get(reader).set(owner);
                of(edge.mode()).get(reader).set(owner);
            }
        }
    }

    private List<BitSet> empty() {
        List<BitSet> sets = new ArrayList<>(names.size());
        names.forEach(name -> sets.add(new BitSet(names.size())));
        return sets;
    }

    /** The services, by name; their numbers are their places in it. */
    List<String> names() {
        return names;
    }

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("there is no service " + name);
        }
        return number;
    }

    /** For each service the owners that it depends on in one way. */
    List<BitSet> of(Edge.Mode mode) {
        return byMode.getOrDefault(mode, List.of());
    }

    /** For each service the owners that it depends on in any way. */
    List<BitSet> all() {
        return all;
    }

    /** The same edges the other way round. */
    static List<BitSet> reversed(List<BitSet> edges) {
        List<BitSet> reversed = new ArrayList<>(edges.size());
        edges.forEach(each -> reversed.add(new BitSet(edges.size())));
        for (int from = 0; from < edges.size(); from++) {
            BitSet to = edges.get(from);
            for (int at = to.nextSetBit(0); at >= 0; at = to.nextSetBit(at + 1)) {
                reversed.get(at).set(from);
            }
        }
        return reversed;
    }

    /** How many edges of one mode there are. */
    int count(Edge.Mode mode) {
        return count(of(mode));
    }

    /** How many edges there are; two services may be joined by one of each mode. */
    int count() {
        return byMode.values().stream().mapToInt(Links::count).sum();
    }

    static int count(List<BitSet> sets) {
        return sets.stream().mapToInt(BitSet::cardinality).sum();
    }

    /** How many services depend on each. */
    int[] readers() {
        int[] readers = new int[names.size()];
        all.forEach(owners -> owners.stream().forEach(owner -> readers[owner]++));
        return readers;
    }

    /** Pairs that depend on each other. */
    int mutualPairs() {
        int pairs = 0;
        for (int one = 0; one < all.size(); one++) {
            BitSet owners = all.get(one);
            for (int other = owners.nextSetBit(one + 1); other >= 0; other = owners.nextSetBit(other + 1)) {
                pairs += all.get(other).get(one) ? 1 : 0;
            }
        }
        return pairs;
    }
}
