package dev.fairlead.mechanisms.redis;

import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ValkeyConformanceTest {
    @TestFactory
    Stream<DynamicTest> conforms() {
        Map<String, String> settings = RealServer.VALKEY.shared();
        return ConformanceTests.of(() -> new RedisUnderTest(settings));
    }
}
