package dev.fairlead.mechanisms.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ValkeyConformanceTest {
    @TestFactory
    Stream<DynamicTest> conforms() {
        assumeTrue(
                RealServer.VALKEY.isAvailable(),
                "there is no valkey-server on the path, and no package of it on Debian 12 (set FAIRLEAD_VALKEY_URL)");
        Map<String, String> settings = RealServer.VALKEY.shared();
        return ConformanceTests.of(() -> new RedisUnderTest(settings));
    }
}
