package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SyncGraphTest {

    @Test
    void reachesWhatASearchFromEachServiceReaches() {
        for (long seed = 0; seed < 200; seed++) {
            List<BitSet> asked = random(new Random(seed));
            SyncGraph graph = new SyncGraph(asked);
            for (int service = 0; service < asked.size(); service++) {
                BitSet expected = searched(asked, service);
                expected.clear(service);
                assertThat(graph.reached(service))
                        .as("seed %s, service %s", seed, service)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void putsEachComponentAfterAllThatItReaches() {
        for (long seed = 0; seed < 200; seed++) {
            List<BitSet> asked = random(new Random(seed));
            Map<Integer, Integer> place = new HashMap<>();
            List<int[]> components = new SyncGraph(asked).components();
            for (int index = 0; index < components.size(); index++) {
                for (int member : components.get(index)) {
                    place.put(member, index);
                }
            }
            assertThat(place).hasSize(asked.size());
            for (int reader = 0; reader < asked.size(); reader++) {
                int at = place.get(reader);
                assertThat(asked.get(reader).stream().map(place::get))
                        .as("seed %s", seed)
                        .allMatch(owner -> owner <= at);
            }
        }
    }

    @Test
    void followsAChainThatIsLongerThanAThreadsStack() {
        List<BitSet> chain = new ArrayList<>();
        for (int service = 0; service < 20_000; service++) {
            BitSet next = new BitSet();
            if (service < 19_999) {
                next.set(service + 1);
            }
            chain.add(next);
        }

        assertThat(new SyncGraph(chain).reached(0).cardinality()).isEqualTo(19_999);
    }

    private static List<BitSet> random(Random random) {
        int services = 1 + random.nextInt(12);
        List<BitSet> asked = new ArrayList<>();
        for (int service = 0; service < services; service++) {
            BitSet owners = new BitSet();
            for (int edge = random.nextInt(3); edge > 0; edge--) {
                owners.set(random.nextInt(services));
            }
            asked.add(owners);
        }
        return asked;
    }

    private static BitSet searched(List<BitSet> asked, int from) {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(asked.get(from).stream().boxed().toList());
        while (!open.isEmpty()) {
            int service = open.pop();
            if (!reached.get(service)) {
                reached.set(service);
                asked.get(service).stream().forEach(open::push);
            }
        }
        return reached;
    }
}
