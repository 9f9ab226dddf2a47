package dev.fairlead.mechanisms.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.conformance.Conformance;
import dev.fairlead.testkit.conformance.Scenario;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The versions before the newest: on the oldest whatever is SQL of its own kind, on those between a part of that. */
class OlderPostgresConformanceTest {
    private static final Set<String> OLDEST = Set.of(
            "define",
            "append",
            "fencing",
            "positions",
            "latest per key",
            "lookup",
            "erase",
            "queue",
            "dead letters",
            "message erasure",
            "survival");
    private static final Set<String> BETWEEN = Set.of("append", "fencing", "lookup", "dead letters");

    @TestFactory
    Stream<DynamicTest> conformsOn15() {
        return conforms(RealServer.POSTGRESQL_15, OLDEST);
    }

    @TestFactory
    Stream<DynamicTest> conformsOn16() {
        return conforms(RealServer.POSTGRESQL_16, BETWEEN);
    }

    @TestFactory
    Stream<DynamicTest> conformsOn17() {
        return conforms(RealServer.POSTGRESQL_17, BETWEEN);
    }

    private static Stream<DynamicTest> conforms(RealServer server, Set<String> groups) {
        Map<String, String> settings = server.shared();
        Conformance suite = Conformance.of(() -> new SqlUnderTest(Durability.D2, settings));
        assertThat(suite.scenarios().stream().map(Scenario::group)).containsAll(groups);
        return suite.scenarios().stream()
                .filter(scenario -> groups.contains(scenario.group()))
                .map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> suite.run(scenario)));
    }
}
