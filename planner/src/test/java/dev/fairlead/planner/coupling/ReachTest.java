package dev.fairlead.planner.coupling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(each -> "s" + each).toList();
    }

    private static Edge edge(int reader, int owner) {
        return new Edge("s" + reader, "s" + owner, Edge.Mode.SYNC);
    }

    private static Reach reach(int services, Collection<Edge> edges) {
        Links links = new Links(names(services), edges);
        return new Reach(links, links.all());
    }

    @Test
    void aDeepChainNeedsNoDeepStack() {
        int depth = 10_000;
        List<Edge> chain = IntStream.range(0, depth - 1)
                .mapToObj(each -> edge(each, each + 1))
                .toList();

        Reach reach = reach(depth, chain);

        assertThat(reach.longest()).isEqualTo(depth - 1);
        assertThat(reach.countFrom("s0")).isEqualTo(depth);
        assertThat(reach.cycles()).isEmpty();
        assertThat(reach.pathFrom("s9996")).containsExactly("s9996", "s9997", "s9998", "s9999");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithFollowingEveryEdge(long seed) {
        Random random = new Random(seed);
        int count = 12;
        Set<Edge> edges = new LinkedHashSet<>();
        for (int each = 0; each < 16; each++) {
            int reader = random.nextInt(count);
            int owner = random.nextInt(count);
            if (reader != owner) {
                edges.add(edge(reader, owner));
            }
        }
        Reach reach = reach(count, edges);
        List<Set<String>> closures =
                names(count).stream().map(name -> closure(name, edges)).toList();

        List<String> byName = names(count).stream().sorted().toList();
        for (int one = 0; one < count; one++) {
            String name = "s" + one;
            List<String> stopped = names(count).stream()
                    .filter(each ->
                            closures.get(Integer.parseInt(each.substring(1))).contains(name) && !each.equals(name))
                    .sorted()
                    .toList();
            assertThat(reach.from(name).stream().mapToObj(byName::get))
                    .containsExactlyElementsOf(others(closures.get(one), name));
            assertThat(reach.to().get(byName.indexOf(name))).isEqualTo(stopped).hasSameSizeAs(stopped);
            for (int other = 0; other < count; other++) {
                boolean isCycle = one == other
                        || (closures.get(one).contains("s" + other)
                                && closures.get(other).contains("s" + one));
                assertThat(reach.isOneCycle("s" + one, "s" + other)).isEqualTo(isCycle);
            }
        }
    }

    private static List<String> others(Set<String> names, String one) {
        return names.stream().filter(name -> !name.equals(one)).sorted().toList();
    }

    private static Set<String> closure(String from, Set<Edge> edges) {
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            String at = open.removeLast();
            edges.stream()
                    .filter(edge -> edge.reader().equals(at) && reached.add(edge.owner()))
                    .forEach(edge -> open.add(edge.owner()));
        }
        return reached;
    }
}
