package dev.fairlead.planner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Who asks whom, by number, with what each can reach.
 *
 * <p>Services that ask each other in a circle are found as one component (Tarjan), so that what is reached is computed once for each
 * component, those that ask nobody first; the effort grows with services and edges, and with a bit for each pair.
 */
public final class SyncGraph {
    private final List<BitSet> asked;
    private final List<int[]> components = new ArrayList<>();
    private final BitSet[] reached;

    /** @param asked for each service, those that it asks directly */
    public SyncGraph(List<BitSet> asked) {
        this.asked = asked;
        this.reached = new BitSet[asked.size()];
        new Search().run();
    }

    /** The components, each after all that it can reach. */
    public List<int[]> components() {
        return List.copyOf(components);
    }

    /** Those that a service asks, directly or not; never itself. */
    public BitSet reached(int service) {
        BitSet others = (BitSet) reached[service].clone();
        others.clear(service);
        return others;
    }

    /** What is reached through these, themselves included. */
    BitSet reachedThrough(BitSet direct) {
        BitSet all = (BitSet) direct.clone();
        direct.stream().forEach(each -> all.or(reached[each]));
        return all;
    }

    private void complete(int[] members) {
        BitSet all = new BitSet();
        for (int member : members) {
            BitSet direct = asked.get(member);
            all.or(direct);
            direct.stream().filter(each -> reached[each] != null).forEach(each -> all.or(reached[each]));
        }
        for (int member : members) {
            reached[member] = all;
        }
        components.add(members);
    }

    /** The search, with a stack of its own, since a chain of calls may be longer than a thread's stack. */
    private final class Search {
        private final int[] index = new int[asked.size()];
        private final int[] low = new int[asked.size()];
        private final int[] next = new int[asked.size()];
        private final BitSet open = new BitSet();
        private final Deque<Integer> members = new ArrayDeque<>();
        private final Deque<Integer> path = new ArrayDeque<>();
        private int count;

        void run() {
            Arrays.fill(index, -1);
            for (int service = 0; service < index.length; service++) {
                if (index[service] < 0) {
                    enter(service);
                    while (!path.isEmpty()) {
                        step(path.element());
                    }
                }
            }
        }

        private void enter(int service) {
            index[service] = count;
            low[service] = count++;
            open.set(service);
            members.push(service);
            path.push(service);
        }

        private void step(int service) {
            int owner = asked.get(service).nextSetBit(next[service]);
            if (owner < 0) {
                leave(service);
                return;
            }
            next[service] = owner + 1;
            if (index[owner] < 0) {
                enter(owner);
            } else if (open.get(owner)) {
                low[service] = Math.min(low[service], index[owner]);
            }
        }

        private void leave(int service) {
            path.pop();
            if (!path.isEmpty()) {
                low[path.element()] = Math.min(low[path.element()], low[service]);
            }
            if (low[service] == index[service]) {
                List<Integer> component = new ArrayList<>();
                int member;
                do {
                    member = members.pop();
                    open.clear(member);
                    component.add(member);
                } while (member != service);
                complete(component.stream().mapToInt(Integer::intValue).toArray());
            }
        }
    }
}
