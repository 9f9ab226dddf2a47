package dev.fairlead.mechanisms.activemq;

import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.conformance.Conformance;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArtemisConformanceTest {
    @TestFactory
    Stream<DynamicTest> conforms() {
        Map<String, String> server = RealServer.ARTEMIS.shared();
        return ConformanceTests.of(
                Conformance.of(() -> new ActivemqUnderTest(server)).withPatience(Duration.ofMinutes(1)));
    }
}
