package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is called, right or wrong, gets an answer that is described, and a connection ends only after an answer that says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzedCallsTest {
    private static final int CALLS = 200;
    private static final int FEWEST_STATUSES = 8;

    /** What a call is answered with that is none of the document's. */
    private static final Set<Integer> REFUSALS = Set.of(405, 414, 417, 431);

    private static final int FEWEST_STATUSES_OUTSIDE = 6;

    private RunningNode node;
    private DescribedClient document;
    private RunningNode shop;
    private DescribedClient outside;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place, DescribedPlan.in(place), NodeTimes.defaults());
        document = new DescribedClient(node);
        Path other = place.resolve("other");
        shop = RunningNode.in(other, OutsidePlan.in(other), NodeTimes.defaults());
        OutsidePlan.fill(shop);
        outside = new DescribedClient(shop, OutsidePlan.customer("ada"));
    }

    @AfterAll
    void stop() {
        document.close();
        node.close();
        outside.close();
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyCallGetsAnAnswerThatIsDescribed(long seed) {
        assertThat(statuses(node, document, seed))
                .as("calls of many kinds")
                .hasSizeGreaterThanOrEqualTo(FEWEST_STATUSES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void soDoesEveryCallFromOutsideAndNoneTellsOfOthers(long seed) {
        assertThat(statuses(shop, outside, seed))
                .as("calls of many kinds")
                .hasSizeGreaterThanOrEqualTo(FEWEST_STATUSES_OUTSIDE);
    }

    private static Set<Integer> statuses(RunningNode node, DescribedClient document, long seed) {
        Set<Integer> described = described(document);
        FuzzedCalls calls = new FuzzedCalls(document, seed);
        Set<Integer> statuses = new TreeSet<>();
        try (KeptConnection connection = new KeptConnection(node.port())) {
            for (int i = 0; i < CALLS; i++) {
                FuzzedCalls.Call call = calls.next();
                KeptConnection.Answer answer = connection.call(call.sent());
                assertThat(isDescribed(call, answer.status(), described))
                        .as("call %d, %s: %s -> %s", i, call.operation().id(), call.sent(), answer)
                        .isTrue();
                assertThat(answer.toString()).doesNotContain(OutsidePlan.CANARY, "bob.brown");
                statuses.add(answer.status());
            }
        }
        return statuses;
    }

    private static Set<Integer> described(DescribedClient document) {
        return document.operations().values().stream()
                .flatMap(operation -> operation.node().get("responses").propertyNames().stream())
                .filter(status -> status.matches("[1-4].."))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    /** A call with something wrong in it may have become one of another operation. */
    private static boolean isDescribed(FuzzedCalls.Call call, int status, Set<Integer> described) {
        return call.operation().node().get("responses").has(String.valueOf(status))
                || (call.isWrong() && (described.contains(status) || REFUSALS.contains(status)));
    }
}
