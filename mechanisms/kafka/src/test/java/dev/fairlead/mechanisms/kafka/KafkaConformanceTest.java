package dev.fairlead.mechanisms.kafka;

import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.conformance.Conformance;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class KafkaConformanceTest {
    @TestFactory
    Stream<DynamicTest> conforms() {
        String url = RealServer.KAFKA.shared().getOrDefault("url", "");
        return ConformanceTests.of(Conformance.of(() -> new KafkaUnderTest(url)).withPatience(Duration.ofMinutes(1)));
    }
}
