package dev.fairlead.mechanisms.kafka;

import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.conformance.Conformance;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class KafkaConformanceTest {
    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> conforms() {
        String url = RealServer.KAFKA.shared().getOrDefault("url", "");
        return ConformanceTests.of(Conformance.of(() -> new KafkaUnderTest(url)).withPatience(Duration.ofMinutes(1)));
    }
}
